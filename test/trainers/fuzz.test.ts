import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completeParams, findTrainer } from '../../src/trainers/index.js';
import type { TrainerParams, TrainingSet } from '../../src/trainers/trainer.js';

/** Values that have broken fits before: equal ones, ones whose squares leave the range of numbers, and plain ones. */
const cell = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -2, max: 2 }) },
  { weight: 2, arbitrary: fc.double({ min: -5, max: 5, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(1e308, -1e308, 1e200, 1e-200, 5e-324, 1e15, 1e-15, -0) },
);

const tables = fc
  .record({ rows: fc.integer({ min: 1, max: 12 }), columns: fc.integer({ min: 1, max: 4 }) })
  .chain(({ rows, columns }) =>
    fc.record({
      rows: fc.constant(rows),
      columns: fc.constant(columns),
      data: fc.array(cell, { minLength: rows * columns, maxLength: rows * columns }),
      labels: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: rows, maxLength: rows }),
      numbers: fc.array(cell, { minLength: rows, maxLength: rows }),
      weights: fc.option(fc.array(fc.constantFrom(1e-6, 0.5, 1, 3, 1e6), { minLength: rows, maxLength: rows }), {
        nil: undefined,
      }),
    }),
  );

const FITS: readonly [string, TrainerParams][] = [
  ['random-forest', { n_estimators: 4 }],
  ['random-forest', { n_estimators: 3, max_leaf_nodes: 3, min_samples_leaf: 2 }],
  ['random-forest', { n_estimators: 3, bootstrap: false, max_features: 0.5, min_samples_split: 5 }],
  ['extra-trees', { n_estimators: 4 }],
  ['extra-trees', { n_estimators: 3, bootstrap: true, max_samples: 0.5, max_depth: 2 }],
  ['gradient-boosting', { max_iter: 4, min_samples_leaf: 1 }],
  ['gradient-boosting', { max_iter: 4, min_samples_leaf: 1, early_stopping: true, subsample: 0.5, max_features: 0.5 }],
  ['decision-tree', {}],
  ['decision-tree', { max_features: 'sqrt', min_samples_leaf: 2, max_depth: 3 }],
  ['knn', { n_neighbors: 1, weights: 'distance' }],
  ['knn', { n_neighbors: 3, p: 1 }],
  ['knn', { n_neighbors: 2, p: 3, weights: 'distance' }],
  ['ridge', { alpha: 0 }],
  ['ridge', { alpha: 1e12 }],
  ['logistic-regression', {}],
  ['logistic-regression', { penalty: 'none', max_iter: 50 }],
  ['logistic-regression', { penalty: 'l1', C: 1e6, max_iter: 50 }],
  ['logistic-regression', { penalty: 'elasticnet', class_weight: 'balanced', max_iter: 50 }],
  ['svm', { C: 100 }],
  ['svm', { kernel: 'linear', class_weight: 'balanced', max_iter: 10_000 }],
  ['svm', { kernel: 'poly', degree: 5, gamma: 10, C: 1e6, max_iter: 10_000 }],
  ['svm', { kernel: 'sigmoid', gamma: 0, coef0: -3, epsilon: 0 }],
  ['linear-svm', { max_iter: 50 }],
  ['linear-svm', { max_iter: 50, class_weight: 'balanced', C: 1e6 }],
  ['lasso', { alpha: 1e-6, max_iter: 100 }],
  ['elastic-net', { alpha: 0, fit_intercept: false, max_iter: 100 }],
  ['naive-bayes', { var_smoothing: 0 }],
  ['naive-bayes', { kind: 'bernoulli', alpha: 0 }],
  ['mlp', { hidden_layer_sizes: [4, 3], max_iter: 5, learning_rate_init: 1, early_stopping: true }],
];

/** knn refuses to look for more neighbours than there are rows. */
const FEWEST_ROWS: Readonly<Record<string, number>> = { knn: 3 };

describe.each(FITS)('%s %j', (name, given) => {
  const trainer = findTrainer(name)!;
  const params = completeParams(trainer, given);

  test.each(trainer.tasks)('%s of any small table gives finite values', async (task) => {
    await fc.assert(
      fc.asyncProperty(tables, async ({ rows, columns, data, labels, numbers, weights }) => {
        const train: TrainingSet = {
          features: { data: Float64Array.from(data), rows, columns },
          target: Float64Array.from(task === 'classification' ? labels : numbers),
          columns: Array.from({ length: columns }, (_, c) => `x${c}`),
          ...(task === 'classification' ? { classes: ['a', 'b', 'c', 'd'] } : {}),
          ...(weights === undefined || !trainer.acceptsWeights ? {} : { weights: Float64Array.from(weights) }),
        };
        fc.pre(rows >= (FEWEST_ROWS[name] ?? 1));
        const model = await trainer.fit(train, params, { seed: 1 });
        const predicted = model.predict(train.features);
        expect([...predicted].filter((value) => !Number.isFinite(value))).toEqual([]);
        if (task === 'regression' || trainer.gives !== 'probabilities') return;
        const probabilities = model.predictProba!(train.features);
        for (let row = 0; row < rows; row++) {
          const own = probabilities.subarray(4 * row, 4 * row + 4);
          expect(own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 6);
        }
      }),
      { numRuns: 40 },
    );
  });
});
