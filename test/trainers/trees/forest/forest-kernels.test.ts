import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { Random } from '../../../../src/random.js';
import { completeParams } from '../../../../src/trainers/index.js';
import { binMatrix } from '../../../../src/trainers/trees/bins/binned-features.js';
import { NATIVE_ENCODING } from '../../../../src/trainers/trees/bins/tree-features.js';
import { extraTreesTrainer } from '../../../../src/trainers/trees/extra-trees.js';
import { fitForest } from '../../../../src/trainers/trees/forest/fit-forest.js';
import { randomForestTrainer } from '../../../../src/trainers/trees/random-forest.js';

afterEach(() => vi.unstubAllGlobals());

const tables = fc.record({
  seed: fc.integer(),
  rows: fc.integer({ min: 4, max: 200 }),
  columns: fc.integer({ min: 1, max: 9 }),
  /** Few make ties, and columns that are constant in a node. */
  values: fc.constantFrom(2, 3, 20, 1000),
  /** 0: numbers. */
  classCount: fc.constantFrom(0, 2, 3, 10),
  weighted: fc.boolean(),
  missing: fc.boolean(),
});

const trainers = fc.constantFrom(
  { ...randomForestTrainer, name: 'random-forest' as const },
  { ...extraTreesTrainer, name: 'extra-trees' as const },
);

const options = fc.record({
  min_samples_leaf: fc.constantFrom(1, 1, 2, 5),
  max_features: fc.constantFrom('auto', null, 0.5),
  bootstrap: fc.boolean(),
  max_leaf_nodes: fc.constantFrom(null, null, 7),
});

test('forests are the same, bit for bit, with the search in WebAssembly and in TypeScript', () => {
  fc.assert(
    fc.property(trainers, tables, options, (trainer, table, params) => {
      const { rows, columns, values, classCount, weighted, missing } = table;
      const random = new Random(table.seed, 'table');
      const data = Float64Array.from({ length: rows * columns }, () => {
        return missing && random.integer(50) === 0 ? Number.NaN : random.integer(values) / values;
      });
      const target = Float64Array.from({ length: rows }, (_, row) => {
        const signal = Math.floor(3 * (data[row * columns] || 0)) + random.integer(3);
        return classCount === 0 ? signal + random.uniform() : signal % classCount;
      });
      const set = {
        binned: binMatrix({ data, rows, columns }, []),
        rows: Int32Array.from({ length: rows }, (_, row) => row),
        target,
        ...(classCount > 0 && { classCount }),
        ...(weighted && { weights: Float64Array.from({ length: rows }, () => 0.01 + random.uniform()) }),
        encoding: NATIVE_ENCODING,
      };
      const complete = completeParams(trainer, { ...params, n_estimators: 3 });
      const grow = () => JSON.stringify(fitForest(trainer.name, set, complete, table.seed));
      vi.unstubAllGlobals();
      const own = grow();
      vi.stubGlobal('WebAssembly', undefined);
      expect(own).toBe(grow());
    }),
    { numRuns: 500 },
  );
});
