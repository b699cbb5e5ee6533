import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Random } from '../../../../src/random.js';
import { completeParams } from '../../../../src/trainers/index.js';
import type { TrainerParams, TrainingSet } from '../../../../src/trainers/trainer.js';
import { treeTrainingSet } from '../../../../src/trainers/trees/bins/tree-training-set.js';
import { extraTreesTrainer } from '../../../../src/trainers/trees/extra-trees.js';
import { fitForest } from '../../../../src/trainers/trees/forest/fit-forest.js';
import type { ForestModel } from '../../../../src/trainers/trees/forest/forest-model.js';
import { gradientBoostingTrainer } from '../../../../src/trainers/trees/gradient-boosting.js';
import { randomForestTrainer } from '../../../../src/trainers/trees/random-forest.js';
import { foldsOf } from '../../tables.js';

interface Row {
  readonly trainer: string;
  readonly table: string;
  readonly regression: boolean;
  readonly score: number;
  readonly seeds: number;
}

const reference: { sklearn: string; rows: readonly Row[] } = JSON.parse(
  readFileSync(new URL('../reference/forests.json', import.meta.url), 'utf8'),
);

/** Accuracy, or R². */
function score(predicted: Float64Array, truth: Float64Array, regression: boolean): number {
  if (!regression) return predicted.filter((value, i) => value === truth[i]).length / truth.length;
  const mean = truth.reduce((sum, value) => sum + value, 0) / truth.length;
  const residual = predicted.reduce((sum, value, i) => sum + (value - truth[i]!) ** 2, 0);
  return 1 - residual / truth.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

const folds = new Map<string, ReturnType<typeof foldsOf>>();

describe(`scores as scikit-learn ${reference.sklearn}, five folds`, () => {
  for (const { trainer: name, table, regression, score: expected, seeds } of reference.rows) {
    test(`${name} on ${table}`, async () => {
      const trainer = [randomForestTrainer, extraTreesTrainer, gradientBoostingTrainer].find((t) => t.name === name)!;
      const params = completeParams(trainer, name === 'gradient-boosting' ? { max_iter: 60 } : { n_estimators: 30 });
      const scores: number[] = [];
      if (!folds.has(table)) folds.set(table, foldsOf(table, regression));
      for (const { train, test: rows, truth } of folds.get(table)!) {
        for (let seed = 0; seed < seeds; seed++) {
          scores.push(score((await trainer.fit(train, params, { seed })).predict(rows), truth, regression));
        }
      }
      const mean = scores.reduce((sum, value) => sum + value, 0) / scores.length;
      expect(mean).toBeGreaterThan(expected - 0.01);
    });
  }
});

function fitted(train: TrainingSet, params: TrainerParams): ForestModel {
  return fitForest('random-forest', treeTrainingSet(train), completeParams(randomForestTrainer, params), 1);
}

const leaves = (model: ForestModel, tree: number) => {
  const { nodes } = model.data.trees[tree]!;
  return nodes.filter((word, i) => i % 2 === 1 && word === 0).length;
};

describe('random-forest parameters', () => {
  const { train } = foldsOf('breast_cancer', false)[0]!;

  test('max_leaf_nodes, max_depth and min_samples_split bound a tree', () => {
    expect(leaves(fitted(train, { n_estimators: 1, max_leaf_nodes: 5 }), 0)).toBe(5);
    expect(leaves(fitted(train, { n_estimators: 1, max_depth: 2 }), 0)).toBeLessThanOrEqual(4);
    expect(leaves(fitted(train, { n_estimators: 1, min_samples_split: 10_000 }), 0)).toBe(1);
  });

  test('a tree on all rows and columns tells all training rows apart', () => {
    const model = fitted(train, { n_estimators: 1, bootstrap: false, max_features: null });
    expect(model.predict(train.features)).toEqual(train.target);
  });

  test('min_samples_leaf counts rows, not how often they were drawn', () => {
    const column = Float64Array.from({ length: 40 }, (_, row) => row);
    const rows = { features: { data: column, rows: 40, columns: 1 }, target: column, columns: ['x'] };
    const model = fitted(rows, { n_estimators: 1, bootstrap: false, min_samples_leaf: 10 });
    // The best divisions of 0 … 39 with ten rows a side halve it twice.
    expect([...new Set(model.predict(rows.features))]).toEqual([4.5, 14.5, 24.5, 34.5]);
  });

  test('class_weight balanced finds more of a rare class', () => {
    const target = train.target.map((value, row) => (value === 1 && row % 12 === 0 ? 1 : 0));
    const found = (params: TrainerParams) => {
      const model = fitted({ ...train, target }, { n_estimators: 30, max_depth: 3, ...params });
      return model.predict(train.features).reduce((sum, value) => sum + value, 0);
    };
    expect(found({ class_weight: 'balanced' })).toBeGreaterThan(found({}));
    expect(found({ class_weight: 'balanced_subsample' })).toBeGreaterThan(found({}));
  });

  test('the out-of-bag score is near the score on unseen rows', () => {
    const { test: rows, truth } = foldsOf('breast_cancer', false)[0]!;
    const model = fitted(train, { n_estimators: 60, oob_score: true });
    expect(model.data.oobScore).toBeGreaterThan(0.9);
    expect(Math.abs(model.data.oobScore! - score(model.predict(rows), truth, false))).toBeLessThan(0.05);
    const regression = foldsOf('concrete', true)[0]!;
    const other = fitted(regression.train, { n_estimators: 60, oob_score: true });
    const seen = score(other.predict(regression.test), regression.truth, true);
    expect(Math.abs(other.data.oobScore! - seen)).toBeLessThan(0.05);
  });

  test('importances sum to 1 and single out the only column that matters', () => {
    const data = train.features.data.slice();
    const target = Float64Array.from({ length: train.features.rows }, (_, row) => (data[row * 30 + 7]! > 0 ? 1 : 0));
    const { importances } = fitted({ ...train, target }, { n_estimators: 20, max_features: null }).data;
    expect(importances.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
    expect(importances[7]).toBeCloseTo(1, 2);
  });

  test('combinations that cannot be are refused', () => {
    const refused = (params: TrainerParams) => () => fitted(train, params);
    expect(refused({ criterion: 'squared_error' })).toThrow('random-forest: criterion must be one of gini, entropy');
    expect(refused({ oob_score: true, bootstrap: false })).toThrow('oob_score needs bootstrap: true');
    expect(refused({ max_features: 31 })).toThrow('random-forest: max_features must be at most the 30 columns, got 31');
    const { rows } = train.features;
    const tooMany = `random-forest: max_samples must be at most the ${rows} training rows, got ${rows + 1}`;
    expect(refused({ max_samples: rows + 1 })).toThrow(tooMany);
    expect(refused({ n_estimators: 1, max_features: 30, max_samples: rows })).not.toThrow();
  });

  test('targets keep their digits beside an outlier', () => {
    const random = new Random(7, 'outlier');
    const rows = 250;
    const features = { data: Float64Array.from({ length: rows }, (_, row) => row), rows, columns: 1 };
    const target = Float64Array.from({ length: rows }, (_, row) => (row === 17 ? 1e9 : random.normal()));
    const model = fitted({ features, target, columns: ['x'] }, { n_estimators: 1, bootstrap: false });
    // A bin a row and leaves of one row: scikit-learn, too, gives every target back.
    expect(model.predict(features)).toEqual(target);
  });
});
