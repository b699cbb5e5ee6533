import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { naiveBayesTrainer } from '../../../src/trainers/bayes/naive-bayes.js';
import { completeParams } from '../../../src/trainers/index.js';
import { elasticNetTrainer, lassoTrainer } from '../../../src/trainers/linear/elastic-net.js';
import { linearSvmTrainer } from '../../../src/trainers/linear/linear-svm.js';
import { mlpTrainer } from '../../../src/trainers/neural/mlp.js';
import { svmTrainer } from '../../../src/trainers/svm/svm.js';
import type { Trainer, TrainerParams, TrainingSet } from '../../../src/trainers/trainer.js';

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

const FITS: readonly [Trainer, TrainerParams][] = [
  [svmTrainer, { C: 100 }],
  [svmTrainer, { kernel: 'linear', class_weight: 'balanced' }],
  [svmTrainer, { kernel: 'poly', degree: 5, gamma: 10, C: 1e6 }],
  [svmTrainer, { kernel: 'sigmoid', gamma: 0, coef0: -3, epsilon: 0 }],
  [linearSvmTrainer, { max_iter: 50 }],
  [linearSvmTrainer, { max_iter: 50, class_weight: 'balanced', C: 1e6 }],
  [lassoTrainer, { alpha: 1e-6, max_iter: 100 }],
  [elasticNetTrainer, { alpha: 0, fit_intercept: false, max_iter: 100 }],
  [naiveBayesTrainer, { var_smoothing: 0 }],
  [naiveBayesTrainer, { kind: 'bernoulli', alpha: 0 }],
  [mlpTrainer, { hidden_layer_sizes: [4, 3], max_iter: 5, learning_rate_init: 1, early_stopping: true }],
];

describe.each(FITS)('$name %#', (trainer, given) => {
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
