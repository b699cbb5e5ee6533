import { describe, expect, test } from 'vitest';
import { decisionTreeTrainer } from '../../src/trainers/decision-tree.js';
import { dummyTrainer } from '../../src/trainers/dummy.js';
import { completeParams } from '../../src/trainers/index.js';
import { knnTrainer } from '../../src/trainers/knn.js';
import { logisticRegressionTrainer } from '../../src/trainers/logistic-regression.js';
import { ridgeTrainer } from '../../src/trainers/ridge.js';
import type { Matrix, Model, Trainer, TrainerParams, TrainingSet } from '../../src/trainers/trainer.js';

function matrix(...rows: readonly (readonly number[])[]): Matrix {
  return { data: Float64Array.from(rows.flat()), rows: rows.length, columns: rows[0]!.length };
}

function set(features: Matrix, target: readonly number[], classes?: readonly string[]): TrainingSet {
  const columns = Array.from({ length: features.columns }, (_, j) => `x${j}`);
  const train = { features, target: Float64Array.from(target), columns };
  return classes === undefined ? train : { ...train, classes };
}

async function fitted(trainer: Trainer, train: TrainingSet, params: TrainerParams = {}, seed = 1): Promise<Model> {
  return trainer.fit(train, completeParams(trainer, params), { seed });
}

describe('dummy', () => {
  test('says the weighted frequencies and the most frequent class, the first among equals', async () => {
    const train = { ...set(matrix([0], [0], [0]), [2, 0, 1], ['a', 'b', 'c']), weights: Float64Array.of(2, 1, 2) };
    const model = await fitted(dummyTrainer, train);
    expect([...model.predictProba!(matrix([5]))]).toEqual([0.2, 0.4, 0.4]);
    expect([...model.predict(matrix([5], [6]))]).toEqual([1, 1]);
  });
});

describe('knn', () => {
  test('rows at distance 0 take all the weight', async () => {
    const train = set(matrix([0], [0], [1], [1]), [1, 3, 100, 100]);
    const model = await fitted(knnTrainer, train, { n_neighbors: 4, weights: 'distance' });
    expect(model.predict(matrix([0], [0.5]))[0]).toBe(2);
    expect(model.predict(matrix([0.5]))[0]).toBe(51);
  });

  test('weights by distance in the metric of p: 1 over 3 + 4, 5, and the cube root of 27 + 64', async () => {
    const train = set(matrix([3, 4], [0, 1]), [1, 0]);
    for (const [p, distance] of [
      [1, 7],
      [2, 5],
      [3, Math.cbrt(91)],
    ] as const) {
      const model = await fitted(knnTrainer, train, { n_neighbors: 2, weights: 'distance', p });
      expect(model.predict(matrix([0, 0]))[0]).toBeCloseTo(1 / distance / (1 / distance + 1), 14);
    }
  });

  test('finds the same neighbours as sorting all distances, with more columns than are summed at once', async () => {
    const rows = Array.from({ length: 50 }, (_, i) => Array.from({ length: 19 }, (_, j) => Math.sin(i * 19 + j * j)));
    const query = Array.from({ length: 19 }, (_, j) => Math.cos(j));
    for (const p of [1, 2, 2.5]) {
      const distances = rows.map((row) => row.reduce((sum, value, j) => sum + Math.abs(value - query[j]!) ** p, 0));
      const nearest = [...rows.keys()].sort((a, b) => distances[a]! - distances[b]!).slice(0, 6);
      const model = await fitted(
        knnTrainer,
        set(
          matrix(...rows),
          [...rows.keys()].map((i) => 2 ** (i % 40)),
        ),
        {
          n_neighbors: 6,
          p,
        },
      );
      const expected = nearest.reduce((sum, i) => sum + 2 ** (i % 40), 0) / 6;
      expect(model.predict(matrix(query))[0]).toBeCloseTo(expected, 4);
    }
  });

  test('more neighbours than rows are refused', async () => {
    await expect(fitted(knnTrainer, set(matrix([1], [2]), [0, 1]))).rejects.toThrow(
      'knn: n_neighbors must be at most the number of training rows (2), got 5',
    );
  });
});

describe('ridge', () => {
  // Expected: numpy.linalg.solve(Xc.T @ Xc + alpha * I, Xc.T @ yc) by hand for one column: Sxy / (Sxx + alpha).
  test('solves one column in closed form', async () => {
    const model = await fitted(ridgeTrainer, set(matrix([1], [2], [3], [6]), [2, 4, 5, 9]), { alpha: 2 });
    // Mean x 3, mean y 5; Sxy = 19, Sxx = 14.
    const slope = 19 / 16;
    expect(model.predict(matrix([3], [4]))[0]).toBeCloseTo(5, 12);
    expect(model.predict(matrix([4]))[0]).toBeCloseTo(5 + slope, 12);
  });

  test('gives the same by the dual (columns outnumber rows) as by the normal equations of doubled rows', async () => {
    const rows = Array.from({ length: 6 }, (_, i) => Array.from({ length: 9 }, (_, j) => Math.sin(3 * i + j * j)));
    const target = [1, 5, 2, 8, 3, 4];
    const dual = await fitted(ridgeTrainer, set(matrix(...rows), target), { alpha: 0.5 });
    const doubled = set(matrix(...rows, ...rows), [...target, ...target]);
    const primal = await fitted(ridgeTrainer, doubled, { alpha: 1 });
    const query = matrix(Array.from({ length: 9 }, (_, j) => Math.cos(j)));
    expect(dual.predict(query)[0]).toBeCloseTo(primal.predict(query)[0]!, 10);
  });

  test('without a penalty, a repeated column changes nothing', async () => {
    const once = await fitted(ridgeTrainer, set(matrix([1], [2], [4]), [1, 3, 2]), { alpha: 0 });
    const twice = await fitted(ridgeTrainer, set(matrix([1, 1], [2, 2], [4, 4]), [1, 3, 2]), { alpha: 0 });
    expect(twice.predict(matrix([3, 3]))[0]).toBeCloseTo(once.predict(matrix([3]))[0]!, 12);
  });
});

describe('logistic-regression', () => {
  test('a column in other units gives the probabilities of the penalty in those units', async () => {
    // Where x is a thousand times larger and C a millionth, the objective is the same.
    const train = (scale: number) =>
      set(matrix(...[-2, -1, 0.5, -0.5, 1, 2].map((x) => [x * scale])), [0, 0, 0, 1, 1, 1], ['n', 'y']);
    const small = (await fitted(logisticRegressionTrainer, train(1), { C: 1, tol: 1e-9 })).predictProba!(matrix([0.7]));
    const large = (await fitted(logisticRegressionTrainer, train(1000), { C: 1e-6, tol: 1e-9 })).predictProba!(
      matrix([700]),
    );
    expect(large[1]).toBeCloseTo(small[1]!, 6);
  });

  test('balanced classes have probability one half where the features say nothing', async () => {
    const train = set(matrix([1], [1], [1], [1]), [0, 0, 0, 1], ['n', 'y']);
    const balanced = await fitted(logisticRegressionTrainer, train, { class_weight: 'balanced' });
    expect(balanced.predictProba!(matrix([1]))[1]).toBeCloseTo(0.5, 4);
    const plain = await fitted(logisticRegressionTrainer, train);
    expect(plain.predictProba!(matrix([1]))[1]).toBeCloseTo(0.25, 4);
  });
});

describe('decision-tree', () => {
  const xs = matrix([1], [2], [3], [4], [5], [6]);

  test('splits in the middle between two values, and rows on the threshold go left', async () => {
    const model = await fitted(decisionTreeTrainer, set(xs, [0, 0, 0, 1, 1, 1], ['a', 'b']));
    expect([...model.predict(matrix([3.5], [3.5000001]))]).toEqual([0, 1]);
  });

  test('min_samples_leaf, min_samples_split and max_depth hold back', async () => {
    const train = set(xs, [1, 0, 0, 0, 0, 0]);
    const predictions = async (params: TrainerParams) => [
      ...(await fitted(decisionTreeTrainer, train, params)).predict(xs),
    ];
    expect(await predictions({})).toEqual([1, 0, 0, 0, 0, 0]);
    expect(await predictions({ min_samples_leaf: 2 })).toEqual([0.5, 0.5, 0, 0, 0, 0]);
    expect(await predictions({ min_samples_leaf: 0.3 })).toEqual([0.5, 0.5, 0, 0, 0, 0]);
    expect((await predictions({ min_samples_split: 7 }))[0]).toBeCloseTo(1 / 6, 14);
    const deep = set(xs, [0, 1, 0, 1, 0, 1]);
    const stump = await fitted(decisionTreeTrainer, deep, { max_depth: 1 });
    expect(new Set(stump.predict(xs)).size).toBe(2);
  });

  test('a criterion of the other task is refused, and too many columns', async () => {
    await expect(fitted(decisionTreeTrainer, set(xs, [1, 2, 3, 4, 5, 6]), { criterion: 'gini' })).rejects.toThrow(
      'decision-tree: criterion must be one of squared_error for regression, got gini',
    );
    await expect(fitted(decisionTreeTrainer, set(xs, [1, 2, 3, 4, 5, 6]), { max_features: 2 })).rejects.toThrow(
      'decision-tree: max_features must be at most the 1 columns, got 2',
    );
  });

  test('values so close that their middle is one of them are still told apart', async () => {
    const next = 1 + Number.EPSILON;
    const model = await fitted(decisionTreeTrainer, set(matrix([1], [next]), [0, 1]));
    expect([...model.predict(matrix([1], [next]))]).toEqual([0, 1]);
  });

  test('a target of two thousand steps on a line grows as deep as it needs', async () => {
    const size = 2000;
    const features = matrix(...Array.from({ length: size }, (_, i) => [i]));
    // Each split cuts off the largest row: the tree is a chain.
    const target = Array.from({ length: size }, (_, i) => 2 ** (i / 2));
    const model = await fitted(decisionTreeTrainer, set(features, target));
    expect([...model.predict(features)]).toEqual(target);
  });
});
