import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Dataset } from '../../../../src/data/dataset.js';
import { completeParams } from '../../../../src/trainers/index.js';
import type { TrainerParams } from '../../../../src/trainers/trainer.js';
import { NATIVE_ENCODING } from '../../../../src/trainers/trees/bins/tree-features.js';
import { gradientBoostingTrainer } from '../../../../src/trainers/trees/gradient-boosting.js';
import { binDataset } from '../../../../src/validation/bin-dataset.js';

interface Reference {
  readonly sklearn: string;
  readonly rows: number;
  readonly features: readonly (readonly (number | null)[])[];
  readonly weights: readonly number[];
  readonly cases: readonly {
    readonly name: string;
    readonly columns: number;
    readonly classes: number | null;
    readonly weighted: boolean;
    readonly target: readonly number[];
    readonly params: TrainerParams;
    readonly values: readonly number[];
  }[];
}

const reference: Reference = JSON.parse(readFileSync(new URL('../reference/boosting.json', import.meta.url), 'utf8'));

function dataset(columns: number): Dataset {
  const { rows, features } = reference;
  const numeric = [0, 1, 2].map((column) => ({
    kind: 'numeric' as const,
    name: `x${column}`,
    values: Float64Array.from(features, (row) => row[column] ?? Number.NaN),
  }));
  const categories = ['a', 'b', 'c', 'd'];
  const codes = Int32Array.from(features, (row) => row[3]!);
  const target = { task: 'regression' as const, name: 'y', values: new Float64Array(rows) };
  const all = [...numeric, { kind: 'categorical' as const, name: 'c', codes, categories }];
  return { rows, features: all.slice(0, columns), target, hash: '' };
}

const rows = Int32Array.from({ length: reference.rows }, (_, row) => row);
/** Of gradients of one size only, many divisions gain the same: which one is taken differs, the loss hardly. */
const TIED: Readonly<Record<string, (residual: number) => number>> = {
  'absolute error': Math.abs,
  quantile: (residual) => (residual > 0 ? 0.8 * residual : -0.2 * residual),
};

describe(`gradient-boosting predicts its training rows as scikit-learn ${reference.sklearn} does`, () => {
  for (const { name, columns, classes, weighted, target, params, values } of reference.cases) {
    test(name, async () => {
      const binned = binDataset(dataset(columns), rows);
      const model = await gradientBoostingTrainer.fitBinned(
        {
          binned,
          rows,
          target: Float64Array.from(target),
          ...(classes === null ? {} : { classCount: classes }),
          ...(weighted ? { weights: Float64Array.from(reference.weights, (weight) => weight * 3) } : {}),
          encoding: NATIVE_ENCODING,
        },
        completeParams(gradientBoostingTrainer, {
          max_iter: 20,
          early_stopping: false,
          min_samples_leaf: 20,
          max_leaf_nodes: 12,
          ...params,
        }),
        { seed: 1 },
      );
      const predicted = model.predictBinned(binned, rows);
      const ours = predicted.probabilities ?? predicted.values;
      const loss = TIED[name];
      if (loss !== undefined) {
        const total = (of: ArrayLike<number>) => target.reduce((sum, value, i) => sum + loss(value - of[i]!), 0);
        expect(total(ours) / total(values)).toBeCloseTo(1, 1);
        return;
      }
      let worst = 0;
      for (let i = 0; i < values.length; i++) worst = Math.max(worst, Math.abs(ours[i]! - values[i]!));
      // Gradients have 24 bits in both programs.
      expect(worst).toBeLessThan(1e-5);
    });
  }
});
