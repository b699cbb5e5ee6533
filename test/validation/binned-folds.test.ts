import { describe, expect, test } from 'vitest';
import type { Dataset, FeatureColumn } from '../../src/data/dataset.js';
import { DEFAULT_PREPROCESSING, type Preprocessing } from '../../src/data/preprocessing-options.js';
import { findMetric } from '../../src/metrics/index.js';
import { Random } from '../../src/random.js';
import { completeParams, findTrainer } from '../../src/trainers/index.js';
import { isTreeTrainer, type TreeTrainer } from '../../src/trainers/trees/tree-trainer.js';
import { binDataset } from '../../src/validation/bin-dataset.js';
import { createPlan } from '../../src/validation/create-plan.js';
import type { EvaluationPlan } from '../../src/validation/evaluation-plan.js';
import { createFoldEvaluator } from '../../src/validation/fold-evaluator.js';
import type { FoldTask } from '../../src/validation/fold-task.js';
import type { PlanSpec } from '../../src/validation/plan-spec.js';
import { classificationTable, regressionTable } from './datasets.js';

const ROWS = 120;
const random = new Random(3, 'rows');
const numbers = Float64Array.from({ length: ROWS }, () => (random.uniform() < 0.2 ? Number.NaN : random.normal()));
const codes = Int32Array.from({ length: ROWS }, () => random.integer(4) - 1);
const features: readonly FeatureColumn[] = [
  { kind: 'numeric', name: 'number', values: numbers },
  { kind: 'categorical', name: 'letter', codes, categories: ['a', 'b', 'c'] },
];
const effects = Array.from(numbers, (value, row) => (Number.isNaN(value) ? 2 : value) + (codes[row] === 1 ? 2 : 0));
const weights = Array.from({ length: ROWS }, (_, row) => 1 + (row % 3));
const classes = classificationTable(
  effects.map((effect) => (effect > 1 ? 1 : 0)),
  ['low', 'high'],
  { features, weights },
);
const amounts = regressionTable(effects, { features });
const native: Preprocessing = { impute: 'none', encode: 'native', scale: 'none' };
const SMALL = {
  'random-forest': { n_estimators: 8 },
  'extra-trees': { n_estimators: 8 },
  'gradient-boosting': { max_iter: 8 },
};

function planOf(dataset: Dataset, use: string, preprocessing = native): EvaluationPlan {
  const spec: PlanSpec = {
    seed: 1,
    objective: { also: dataset.target.task === 'classification' ? ['roc_auc', 'log_loss'] : ['mae'] },
    evaluation: { cv: { folds: 3, repeats: 1 }, holdout: 0.2 },
    models: [{ name: 'm', use, preprocessing, searchedPreprocessing: {} }],
    space: { parameters: [] },
  };
  return createPlan(spec, dataset);
}

function taskOf(trainer: TreeTrainer, preprocessing = native, fold = 0): FoldTask {
  const params = completeParams(trainer, SMALL[trainer.name as keyof typeof SMALL]);
  return { trial: 0, fold, model: 'm', trainer: trainer.name, params, preprocessing, seed: 5 };
}

async function scoresOf(plan: EvaluationPlan, task: FoldTask): Promise<Readonly<Record<string, number>>> {
  const outcome = await createFoldEvaluator(plan)(task);
  if (outcome.state !== 'completed') throw new Error(outcome.reason);
  return outcome.scores;
}

test('the plan has bins only where a model learns from them', () => {
  const imputed = { ...DEFAULT_PREPROCESSING };
  expect(planOf(classes, 'decision-tree', imputed).bins).toBeUndefined();
  expect(planOf(classes, 'random-forest').bins?.rows).toBe(ROWS);
});

test('missing values are left to a model that learns from bins, whatever the encoding', () => {
  for (const encode of ['native', 'onehot', 'ordinal'] as const) {
    const asTheyAre = { ...DEFAULT_PREPROCESSING, impute: 'none' as const, encode };
    expect(planOf(classes, 'gradient-boosting', asTheyAre).bins).toBeDefined();
  }
});

test('bins are learned from the rows that the search may see', () => {
  const plan = planOf(classes, 'random-forest');
  const hidden = numbers.map((value, row) => (plan.holdout!.test.includes(row) ? value * 1000 : value));
  const other = { ...classes, features: [{ kind: 'numeric' as const, name: 'number', values: hidden }, features[1]!] };
  expect(planOf(other, 'random-forest').bins!.columns).toEqual(plan.bins!.columns);
  expect(binDataset(other, Int32Array.from(numbers.keys())).columns).not.toEqual(plan.bins!.columns);
});

describe.each(Object.keys(SMALL).map((name) => findTrainer(name)!))('$name', (trainer) => {
  if (!isTreeTrainer(trainer)) throw new Error(`${trainer.name} learns from no bins`);

  test.each([
    ['classes', classes],
    ['numbers', amounts],
  ] as const)('%s are scored as the trainer on the bins of the fold is, holdout included', async (_, dataset) => {
    const plan = planOf(dataset, trainer.name);
    const { target } = dataset;
    for (const [number, fold] of [...plan.folds, plan.holdout!].entries()) {
      const task = taskOf(trainer, native, number);
      const set = {
        binned: plan.bins!,
        rows: fold.train,
        target: target.values,
        ...(target.task === 'classification' && { classCount: target.classes.length }),
        ...(dataset.weights && { weights: dataset.weights }),
        encoding: { impute: 'none', encode: 'native' } as const,
      };
      const model = await trainer.fitBinned(set, task.params, { seed: 5 });
      const { values, probabilities } = model.predictBinned(plan.bins!, fold.test);
      const truth = { ...target, values: Float64Array.from(fold.test, (row) => target.values[row]!) };
      const scores = await scoresOf(plan, task);
      expect(Object.keys(scores)).toEqual(plan.metrics);
      for (const name of plan.metrics) {
        expect(scores[name]).toBe(findMetric(name)!.score(truth, { values, ...(probabilities && { probabilities }) }));
      }
    }
  });

  test('a copy of the plan in another thread shares the bins and gives the same scores, whatever is cached', async () => {
    const plan = planOf(classes, trainer.name);
    const copy = structuredClone(plan);
    copy.bins!.bins[0]! ^= 1;
    expect(copy.bins!.bins).toEqual(plan.bins!.bins);
    copy.bins!.bins[0]! ^= 1;
    const task = taskOf(trainer);
    const scores = await scoresOf(plan, task);
    expect(await scoresOf(copy, task)).toEqual(scores);
    const evaluate = createFoldEvaluator(plan, findTrainer, 0);
    await evaluate(taskOf(trainer, native, 1));
    expect(await evaluate(task)).toMatchObject({ scores });
  });

  test('every way of imputing and encoding is taken, and scaling changes nothing', async () => {
    const plan = planOf(amounts, trainer.name);
    const seen = new Set<number>();
    for (const impute of ['none', 'mean', 'most_frequent'] as const) {
      for (const encode of ['native', 'onehot', 'ordinal'] as const) {
        const scores = await scoresOf(plan, taskOf(trainer, { impute, encode, scale: 'none' }));
        seen.add(scores.r2!);
        const scaled = taskOf(trainer, { impute, encode, scale: 'standard' });
        expect(await scoresOf(plan, scaled)).toEqual(scores);
      }
    }
    // A missing value means something here: to impute it is seen in the score.
    expect(seen.size).toBeGreaterThan(1);
  });
});
