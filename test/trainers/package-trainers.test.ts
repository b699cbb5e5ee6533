import { describe, expect, test } from 'vitest';
import { completeParams } from '../../src/trainers/index.js';
import { mlRandomForestTrainer } from '../../src/trainers/ml-random-forest.js';
import { mlSvmTrainer } from '../../src/trainers/ml-svm.js';
import type { Matrix, Model, Trainer, TrainerParams, TrainingSet } from '../../src/trainers/trainer.js';
import { accuracy, foldsOf, r2 } from './tables.js';

async function fitted(trainer: Trainer, train: TrainingSet, params: TrainerParams, seed = 1): Promise<Model> {
  return trainer.fit(train, completeParams(trainer, params), { seed });
}

const iris = foldsOf('iris', false);
const wine = foldsOf('wine', false);

function firstRows(train: TrainingSet, rows: number): TrainingSet {
  const { data, columns } = train.features;
  return {
    ...train,
    features: { data: data.slice(0, rows * columns), rows, columns },
    target: train.target.slice(0, rows),
  };
}

describe('ml-random-forest', () => {
  test('classifies, with few trees and with many', async () => {
    for (const nEstimators of [1, 5, 15]) {
      const model = await fitted(mlRandomForestTrainer, iris[0]!.train, { nEstimators, maxFeatures: 0.75 });
      expect(accuracy(model.predict(iris[0]!.test), iris[0]!.truth)).toBeGreaterThan(0.85);
    }
  });

  test('regresses', async () => {
    const { train, test: rows, truth } = foldsOf('diabetes', true)[0]!;
    const model = await fitted(mlRandomForestTrainer, firstRows(train, 120), { nEstimators: 8, minNumSamples: 10 });
    expect(r2(model.predict(rows), truth)).toBeGreaterThan(0.1);
  });

  test('probabilities are the shares of the trees: with one tree 0 or 1, as it predicts', async () => {
    const model = await fitted(mlRandomForestTrainer, iris[0]!.train, { nEstimators: 1 });
    const probabilities = model.predictProba!(iris[0]!.test);
    const predicted = model.predict(iris[0]!.test);
    for (let i = 0; i < predicted.length; i++) expect(probabilities[i * 3 + predicted[i]!]).toBe(1);
  });

  test('maxSamples draws rows of every class although the rows are sorted by class', async () => {
    // The first 40 of the 120 rows are all setosa.
    const model = await fitted(mlRandomForestTrainer, iris[0]!.train, { nEstimators: 5, maxSamples: 40 });
    expect(new Set(model.predict(iris[0]!.test)).size).toBe(3);
    const all = await fitted(mlRandomForestTrainer, iris[0]!.train, { nEstimators: 5, maxSamples: 1 });
    expect(accuracy(all.predict(iris[0]!.test), iris[0]!.truth)).toBeGreaterThan(0.85);
  });

  test('a small share of the columns is at least one; too many columns or rows are refused', async () => {
    const { train } = iris[0]!;
    await expect(fitted(mlRandomForestTrainer, train, { nEstimators: 3, maxFeatures: 0.01 })).resolves.toBeDefined();
    await expect(fitted(mlRandomForestTrainer, train, { maxFeatures: 5 })).rejects.toThrow(
      'ml-random-forest: maxFeatures must be at most the 4 columns, got 5',
    );
    await expect(fitted(mlRandomForestTrainer, train, { maxSamples: 121 })).rejects.toThrow(
      'ml-random-forest: maxSamples must be at most the 120 training rows, got 121',
    );
  });

  test('another seed is another forest; a seed of 32 bits is one', async () => {
    const { train, test: rows } = wine[0]!;
    const params = { nEstimators: 3, maxFeatures: 0.5 };
    const first = (await fitted(mlRandomForestTrainer, train, params, 4294967295)).predictProba!(rows);
    const second = (await fitted(mlRandomForestTrainer, train, params, 2)).predictProba!(rows);
    expect(first).not.toEqual(second);
  });
});

describe('ml-svm', () => {
  // Accuracy of scikit-learn 1.2.1's SVC, one against the rest, in the same folds: reference/svc_min_max.py.
  test('tells three classes apart', async () => {
    for (const [folds, expected] of [
      [iris, 0.96],
      [wine, 0.9773],
    ] as const) {
      let score = 0;
      for (const { train, test: rows, truth } of folds) {
        const model = await fitted(mlSvmTrainer, train, mlSvmTrainer.knownGood);
        score += accuracy(model.predict(rows), truth) / folds.length;
      }
      expect(score).toBeGreaterThan(expected - 0.01);
    }
  });

  test('keeps its multipliers in the box, whatever C and kernel', async () => {
    const { train } = iris[0]!;
    for (const C of [0.001, 0.01, 1, 10]) {
      for (const kernel of ['linear', 'rbf']) {
        for (const seed of [1, 2, 3]) {
          // A multiplier outside would be refused.
          await expect(fitted(mlSvmTrainer, train, { C, kernel }, seed)).resolves.toBeDefined();
        }
      }
    }
  }, 60_000);

  test('every kernel of its rule can be used', async () => {
    const rule = mlSvmTrainer.parameters.find(({ name }) => name === 'kernel')!.rule;
    const small = firstRows(wine[0]!.train, 60);
    for (const kernel of rule.replace('one of ', '').split(', ')) {
      const model = await fitted(mlSvmTrainer, small, { kernel, tol: 0.01, maxPasses: 2 }).catch(
        (error: Error) => error,
      );
      if (model instanceof Error) expect(model.message).toMatch(/^ml-svm: (not converged|the optimiser diverged)/);
      else expect(model.predict(small.features)).toHaveLength(60);
    }
  });

  test('a constant column changes nothing', async () => {
    const { train, test: rows } = iris[0]!;
    const widen = ({ data, rows: count, columns }: Matrix): Matrix => ({
      data: Float64Array.from({ length: count * (columns + 1) }, (_, at) => {
        const column = at % (columns + 1);
        return column === columns ? 3 : data[Math.floor(at / (columns + 1)) * columns + column]!;
      }),
      rows: count,
      columns: columns + 1,
    });
    const wide = { ...train, features: widen(train.features), columns: [...train.columns, 'constant'] };
    const expected = (await fitted(mlSvmTrainer, train, { kernel: 'rbf' })).predict(rows);
    expect((await fitted(mlSvmTrainer, wide, { kernel: 'rbf' })).predict(widen(rows))).toEqual(expected);
  });

  test('reaching maxIterations is a failed trial that says what to do', async () => {
    await expect(fitted(mlSvmTrainer, wine[0]!.train, { C: 1000, maxIterations: 2 })).rejects.toThrow(
      'ml-svm: not converged after maxIterations (2) passes; raise maxIterations or tol, or lower C',
    );
  });
});
