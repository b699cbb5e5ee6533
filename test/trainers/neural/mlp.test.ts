import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/random.js';
import { completeParams } from '../../../src/trainers/index.js';
import { fitMlp, loadMlp } from '../../../src/trainers/neural/fit-mlp.js';
import { mlpTrainer } from '../../../src/trainers/neural/mlp.js';
import type { Model, TrainerParams, TrainingSet } from '../../../src/trainers/trainer.js';
import { readTable, scaledFolds, scoreOf } from '../linear/fold-scores.js';

function fitted(train: TrainingSet, params: TrainerParams, seed = 1): Model {
  return fitMlp(train, completeParams(mlpTrainer, params), seed);
}

/** Class 1 where both signs agree: no linear function of the columns tells. */
function exclusiveOr(rows: number): TrainingSet {
  const random = new Random(3, 'exclusive-or');
  const data = Float64Array.from({ length: rows * 2 }, () => 2 * random.uniform() - 1);
  const target = Float64Array.from({ length: rows }, (_, i) => (data[2 * i]! * data[2 * i + 1]! > 0 ? 1 : 0));
  return { features: { data, rows, columns: 2 }, target, classes: ['differ', 'agree'], columns: ['a', 'b'] };
}

describe('learning', () => {
  test.each([
    ['relu', 8],
    ['tanh', [8, 4]],
    ['logistic', [8]],
    ['relu', [8, 6, 4]],
  ] as const)('%s with layers %o learns the exclusive or', (activation, hidden_layer_sizes) => {
    const params = { activation, hidden_layer_sizes, learning_rate_init: 0.05, batch_size: 50, max_iter: 300 };
    const model = fitted(exclusiveOr(400), params);
    const held = exclusiveOr(700);
    expect(scoreOf(model.predict(held.features), held)).toBeGreaterThan(0.95);
  });

  test('identity learns no more than a linear function', () => {
    const model = fitted(exclusiveOr(400), { activation: 'identity', hidden_layer_sizes: 8, max_iter: 100 });
    const held = exclusiveOr(700);
    expect(scoreOf(model.predict(held.features), held)).toBeLessThan(0.75);
  });

  test('a regression does not depend on the unit of its target', () => {
    const { train, test: held } = scaledFolds(readTable('concrete'))[0]!;
    const params = { hidden_layer_sizes: 20, learning_rate_init: 0.02, max_iter: 100 };
    const plain = fitted(train, params).predict(held.features);
    // A power of two, so that no digit changes.
    const thousands = fitted({ ...train, target: train.target.map((value) => value * 1024) }, params);
    expect(thousands.predict(held.features)).toEqual(plain.map((value) => value * 1024));
    expect(scoreOf(plain, held)).toBeGreaterThan(0.8);
  });

  test('a strong penalty makes it nearly constant', () => {
    const { train, test: held } = scaledFolds(readTable('diabetes'))[0]!;
    const spread = (params: TrainerParams) => {
      const values = fitted(train, { max_iter: 60, learning_rate_init: 0.01, ...params }).predict(held.features);
      return Math.max(...values) - Math.min(...values);
    };
    expect(spread({ alpha: 1000 })).toBeLessThan(0.2 * spread({ alpha: 0 }));
  });

  test('early stopping keeps the network that validated best, and ends before the last epoch', () => {
    const { train, test: held } = scaledFolds(readTable('breast_cancer'))[0]!;
    const params = { early_stopping: true, learning_rate_init: 0.01, hidden_layer_sizes: 16 };
    const model = fitted(train, params);
    expect(scoreOf(model.predict(held.features), held)).toBeGreaterThan(0.93);
    const longer = fitted(train, { ...params, max_iter: 100_000 });
    expect(longer.predict(held.features)).toEqual(model.predict(held.features));
  });

  test('a heavy row counts more', () => {
    const train = exclusiveOr(60);
    const flipped = { ...train, target: train.target.map((value, row) => (row < 30 ? 1 - value : value)) };
    const weights = train.target.map((_, row) => (row < 30 ? 0.001 : 1));
    const params = { learning_rate_init: 0.05, hidden_layer_sizes: 16 };
    const model = fitted({ ...flipped, weights }, params);
    expect(scoreOf(model.predict(train.features), train)).toBeGreaterThan(0.75);
  });
});

test('the seed decides', () => {
  const train = exclusiveOr(100);
  const [first, second, other] = [1, 1, 2].map((seed) => fitted(train, { max_iter: 5 }, seed));
  expect(second!.predictProba!(train.features)).toEqual(first!.predictProba!(train.features));
  expect(other!.predictProba!(train.features)).not.toEqual(first!.predictProba!(train.features));
});

test.each(['wine', 'breast_cancer', 'concrete'])('a saved model of %s predicts identically', (name) => {
  const { train, test: held } = scaledFolds(readTable(name))[0]!;
  const model = fitted(train, { max_iter: 5, hidden_layer_sizes: [7, 3] });
  const loaded = loadMlp(JSON.parse(JSON.stringify(model)));
  expect(loaded.predict(held.features)).toEqual(model.predict(held.features));
  expect(loaded.predictProba?.(held.features)).toEqual(model.predictProba?.(held.features));
});

test('layer sizes out of their rule are refused', () => {
  for (const hidden_layer_sizes of [0, [], [8, 0], [8, 8, 8, 8], 2.5, 'many', [8, '4']]) {
    expect(() => completeParams(mlpTrainer, { hidden_layer_sizes })).toThrow('mlp: hidden_layer_sizes must be');
  }
});
