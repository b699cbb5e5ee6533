import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dataset } from '../../../src/data/dataset.js';
import { Random } from '../../../src/random.js';
import { completeParams } from '../../../src/trainers/index.js';
import type { Matrix, TrainerParams } from '../../../src/trainers/trainer.js';
import { NATIVE_ENCODING, type TreeEncoding } from '../../../src/trainers/trees/bins/tree-features.js';
import type { TreeTrainingSet } from '../../../src/trainers/trees/bins/tree-training-set.js';
import { BoostingModel } from '../../../src/trainers/trees/boosting/boosting-model.js';
import { fitBoosting } from '../../../src/trainers/trees/boosting/fit-boosting.js';
import { extraTreesTrainer } from '../../../src/trainers/trees/extra-trees.js';
import { fitForest } from '../../../src/trainers/trees/forest/fit-forest.js';
import { ForestModel } from '../../../src/trainers/trees/forest/forest-model.js';
import { gradientBoostingTrainer } from '../../../src/trainers/trees/gradient-boosting.js';
import { randomForestTrainer } from '../../../src/trainers/trees/random-forest.js';
import type { BinnedModel } from '../../../src/trainers/trees/tree-trainer.js';
import { binDataset } from '../../../src/validation/bin-dataset.js';

const ROWS = 240;
const CATEGORIES = ['a', 'b', 'c', 'd', 'e', 'f'];
/** Categories that raise the target. */
const HIGH = [1, 2, 5];

/** A column with missing values that mean something, a category, and a target that is the sum of both effects. */
function mixed(rows = ROWS): { dataset: Dataset; effect: Float64Array; raw: Matrix } {
  const random = new Random(11, 'mixed');
  const values = Float64Array.from({ length: rows }, () => (random.uniform() < 0.3 ? Number.NaN : random.normal()));
  const codes = Int32Array.from({ length: rows }, () => (random.uniform() < 0.1 ? -1 : random.integer(6)));
  const effect = values.map((value, row) => (Number.isNaN(value) ? 3 : 0) + (HIGH.includes(codes[row]!) ? 1 : -1));
  const raw = Float64Array.from({ length: 2 * rows }, (_, i) => (i % 2 === 0 ? values[i >> 1]! : codes[i >> 1]!));
  const dataset: Dataset = {
    rows,
    features: [
      { kind: 'numeric', name: 'n', values },
      { kind: 'categorical', name: 'c', codes, categories: CATEGORIES },
    ],
    target: { task: 'regression', name: 'y', values: effect },
    hash: '',
  };
  return { dataset, effect, raw: { data: raw, rows, columns: 2 } };
}

const all = Int32Array.from({ length: ROWS }, (_, row) => row);
const { dataset, effect, raw } = mixed();
const binned = binDataset(dataset, all);
const regression: TreeTrainingSet = { binned, rows: all, target: effect, encoding: NATIVE_ENCODING };
const levels = [...new Set(effect)].sort((a, b) => a - b);
const classes: TreeTrainingSet = { ...regression, target: effect.map((v) => levels.indexOf(v)), classCount: 4 };
const two: TreeTrainingSet = { ...regression, target: effect.map((value) => (value > 0 ? 1 : 0)), classCount: 2 };

const exact: Readonly<Record<string, TrainerParams>> = {
  'random-forest': { n_estimators: 3, bootstrap: false, max_features: null },
  'extra-trees': { n_estimators: 3, max_features: null },
  'gradient-boosting': { max_iter: 40, learning_rate: 0.5, min_samples_leaf: 1 },
};
const fits: Readonly<Record<string, (set: TreeTrainingSet, params: TrainerParams, seed: number) => BinnedModel>> = {
  'random-forest': (set, params, seed) => fitForest('random-forest', set, params, seed),
  'extra-trees': (set, params, seed) => fitForest('extra-trees', set, params, seed),
  'gradient-boosting': fitBoosting,
};
const loaders: Readonly<Record<string, (saved: unknown) => BinnedModel>> = {
  'random-forest': (saved) => ForestModel.load(saved, 'random-forest'),
  'extra-trees': (saved) => ForestModel.load(saved, 'extra-trees'),
  'gradient-boosting': (saved) => BoostingModel.load(saved),
};

for (const trainer of [randomForestTrainer, extraTreesTrainer, gradientBoostingTrainer]) {
  describe(`${trainer.name} with categories and missing values`, () => {
    const fitted = (set: TreeTrainingSet, params: TrainerParams = exact[trainer.name]!, seed = 1) => {
      return fits[trainer.name]!(set, completeParams(trainer, params), seed);
    };
    const encodings: readonly TreeEncoding[] = [
      NATIVE_ENCODING,
      { impute: 'none', encode: 'onehot' },
      { impute: 'none', encode: 'ordinal' },
    ];

    for (const encoding of encodings) {
      test(`learns both effects (encode ${encoding.encode})`, () => {
        const numbers = fitted({ ...regression, encoding }).predictBinned(binned, all).values;
        for (const row of all) expect(numbers[row]).toBeCloseTo(effect[row]!, 2);
        for (const set of [two, classes]) {
          expect(fitted({ ...set, encoding }).predictBinned(binned, all).values).toEqual(set.target);
        }
      });
    }

    test('an imputed value is predicted as the value it stands for', () => {
      const set = { ...regression, encoding: { impute: 'median', encode: 'native' } as const };
      const model = fitted(set);
      const present = [...raw.data].filter((value, i) => i % 2 === 0 && !Number.isNaN(value)).sort((a, b) => a - b);
      const median = present[Math.ceil(present.length / 2) - 1]!;
      const rowsOf = (value: number): Matrix => {
        return { data: Float64Array.from([0, 1, 2, 3].flatMap((code) => [value, code])), rows: 4, columns: 2 };
      };
      expect(model.predict(rowsOf(Number.NaN))).toEqual(model.predict(rowsOf(median)));
    });

    test('raw values are predicted as the binned rows, and as by the model saved and loaded', () => {
      for (const set of [regression, two, classes]) {
        const model = fitted(set, {
          ...exact[trainer.name],
          ...(trainer.name === 'random-forest' ? { bootstrap: true } : {}),
        });
        const loaded = loaders[trainer.name]!(JSON.parse(JSON.stringify(model)));
        const { values, probabilities } = model.predictBinned(binned, all);
        expect(model.predict(raw)).toEqual(values);
        expect(loaded.predict(raw)).toEqual(values);
        if (probabilities === undefined) continue;
        expect(model.predictProba!(raw)).toEqual(probabilities);
        expect(loaded.predictProba!(raw)).toEqual(probabilities);
      }
    });

    test('a model of another trainer or version is refused', () => {
      const saved = JSON.parse(JSON.stringify(fitted(two)));
      const load = loaders[trainer.name]!;
      expect(() => load({ ...saved, trainer: 'svm' })).toThrow('trainer must be');
      expect(() => load({ ...saved, version: 2 })).toThrow('version must be 1, got 2');
    });

    test('a category never seen, and one seen only elsewhere, are predicted', () => {
      const rows = all.filter((row) => raw.data[2 * row + 1] !== 5);
      const model = fitted({ ...two, rows });
      const unseen: Matrix = { data: Float64Array.of(0, 5, 0, 99, Number.NaN, -1), rows: 3, columns: 2 };
      for (const value of model.predict(unseen)) expect([0, 1]).toContain(value);
    });

    test('any small table gives finite predictions and probabilities that sum to 1', () => {
      const value = fc.oneof(
        fc.constantFrom(0, 1, Number.NaN, 1e308, -1e308, 5e-324, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
        fc.double({ noNaN: false }),
      );
      const row = fc.tuple(
        value,
        fc.integer({ min: -1, max: 3 }),
        fc.integer({ min: 0, max: 3 }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
      );
      fc.assert(
        fc.property(
          fc.array(row, { minLength: 1, maxLength: 12 }),
          fc.constantFrom('none', 'mean', 'median', 'most_frequent' as const),
          fc.constantFrom('native', 'onehot', 'ordinal' as const),
          fc.boolean(),
          (table, impute, encode, weighted) => {
            const rows = Int32Array.from(table.keys());
            const small: Dataset = {
              rows: table.length,
              features: [
                { kind: 'numeric', name: 'n', values: Float64Array.from(table, (cells) => cells[0]) },
                {
                  kind: 'categorical',
                  name: 'c',
                  codes: Int32Array.from(table, (cells) => cells[1]),
                  categories: ['a', 'b', 'c', 'd'],
                },
              ],
              target: { task: 'regression', name: 'y', values: new Float64Array(table.length) },
              hash: '',
            };
            const bins = binDataset(small, rows);
            const weights = weighted ? { weights: Float64Array.from(rows, (i) => 10 ** (40 * (i % 3) - 40)) } : {};
            const set = { binned: bins, rows, encoding: { impute, encode } as TreeEncoding, ...weights };
            const params: TrainerParams =
              trainer === gradientBoostingTrainer ? { max_iter: 4, min_samples_leaf: 1 } : { n_estimators: 3 };
            const numbers = fitted({ ...set, target: Float64Array.from(table, (cells) => cells[3]) }, params);
            for (const predicted of numbers.predictBinned(bins, rows).values)
              expect(predicted).toSatisfy(Number.isFinite);
            const target = Float64Array.from(table, (cells) => cells[2]);
            const shares = fitted({ ...set, target, classCount: 4 }, params).predictBinned(bins, rows).probabilities!;
            for (const i of rows) {
              const sum = shares.subarray(4 * i, 4 * i + 4).reduce((total, share) => total + share, 0);
              expect(sum).toBeCloseTo(1, 9);
            }
          },
        ),
        { numRuns: 80 },
      );
    });
  });
}

describe('gradient-boosting', () => {
  const fitted = (set: TreeTrainingSet, params: TrainerParams) => {
    return fitBoosting(set, completeParams(gradientBoostingTrainer, params), 3);
  };

  test('early stopping stops before the last iteration, and rows set aside are training rows only', () => {
    const random = new Random(5, 'noise');
    const noisy = effect.map((value) => value + 2 * random.normal());
    const model = fitted(
      { ...regression, target: noisy },
      { max_iter: 300, early_stopping: true, min_samples_leaf: 5 },
    );
    const saved = JSON.parse(JSON.stringify(model));
    expect(saved.trees.length).toBeLessThan(100);
    const half = { ...regression, target: noisy, rows: all.filter((row) => row % 2 === 0) };
    const poisoned = noisy.map((value, row) => (row % 2 === 0 ? value : 1e9));
    const params = { max_iter: 30, early_stopping: true, min_samples_leaf: 5 };
    expect(fitted({ ...half, target: poisoned }, params).predict(raw)).toEqual(fitted(half, params).predict(raw));
  });

  test('quantiles enclose the share of rows that they name', () => {
    const random = new Random(6, 'noise');
    const noisy = effect.map((value) => value + random.normal());
    for (const quantile of [0.1, 0.5, 0.9]) {
      const model = fitted({ ...regression, target: noisy }, { loss: 'quantile', quantile, max_iter: 50 });
      const below = model.predict(raw).filter((value, row) => noisy[row]! <= value).length / ROWS;
      expect(Math.abs(below - quantile)).toBeLessThan(0.08);
    }
  });

  test('poisson with early stopping learns where the rows left to learn from are all 0', () => {
    const rows = Int32Array.from({ length: 40 }, (_, row) => row);
    for (const positive of rows) {
      const target = new Float64Array(ROWS);
      target[positive] = 1;
      const model = fitted({ ...regression, rows, target }, { loss: 'poisson', early_stopping: true, max_iter: 5 });
      const loaded = BoostingModel.load(JSON.parse(JSON.stringify(model)));
      for (const value of loaded.predict(raw)) expect(value).toSatisfy(Number.isFinite);
    }
  });

  test('a learning rate that diverges ends with the last trees that are finite', () => {
    for (const set of [regression, { ...regression, target: effect.map((value) => value * 1e300) }, two]) {
      const model = fitted(set, { learning_rate: 2.5, max_iter: 400, early_stopping: false });
      const loaded = BoostingModel.load(JSON.parse(JSON.stringify(model)));
      for (const value of loaded.predict(raw)) expect(value).toSatisfy(Number.isFinite);
    }
    expect(fitted(regression, { learning_rate: 2.5, max_iter: 400 }).data.trees.length).toBeLessThan(400);
  });

  test('more columns a split than there are are refused', () => {
    const columns = regression.binned.columns.length;
    expect(() => fitted(regression, { max_features: columns + 1 })).toThrow(
      `gradient-boosting: max_features must be at most the ${columns} columns, got ${columns + 1}`,
    );
  });

  test('a target that the loss does not take is refused', () => {
    expect(() => fitted(regression, { loss: 'poisson' })).toThrow(
      'gradient-boosting: loss poisson needs a target >= 0',
    );
    expect(() => fitted(two, { loss: 'poisson' })).toThrow('loss must be one of log_loss for classification');
  });
});
