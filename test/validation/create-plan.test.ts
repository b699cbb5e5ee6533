import { describe, expect, test } from 'vitest';
import type { Dataset, FeatureColumn } from '../../src/data/dataset.js';
import { DEFAULT_PREPROCESSING } from '../../src/data/preprocessing-options.js';
import { DataError, SpaceFileError } from '../../src/errors.js';
import type { Parameter } from '../../src/space/parameter.js';
import type { Trainer } from '../../src/trainers/trainer.js';
import { createPlan } from '../../src/validation/create-plan.js';
import type { CvSpec, ModelSpec, ObjectiveSpec, PlanSpec } from '../../src/validation/plan-spec.js';
import { classificationTable, regressionTable } from './datasets.js';

const plain: Trainer = {
  name: 'plain',
  summary: 'for tests',
  tasks: ['classification', 'regression'],
  parameters: [],
  knownGood: {},
  gives: 'probabilities',
  acceptsWeights: true,
  suggested: false,
  fit: () => ({ predict: (features) => new Float64Array(features.rows) }),
};
const trainers: readonly Trainer[] = [
  plain,
  { ...plain, name: 'margins', gives: 'decision', acceptsWeights: false },
  { ...plain, name: 'labels', gives: 'values' },
  { ...plain, name: 'line', tasks: ['regression'] },
  { ...plain, name: 'native', acceptsNative: true },
];
const lookUp = (name: string): Trainer | undefined => trainers.find((trainer) => trainer.name === name);

interface Wish {
  readonly objective?: Omit<ObjectiveSpec, 'also'> & { readonly also?: readonly string[] };
  readonly cv?: CvSpec | { readonly folds?: number; readonly repeats?: number };
  readonly holdout?: number;
  readonly seed?: number;
  readonly models?: readonly (Partial<ModelSpec> & { use: string })[];
  readonly parameters?: readonly Parameter[];
}

function specOf(wish: Wish = {}): PlanSpec {
  return {
    seed: wish.seed ?? 0,
    objective: { also: [], ...wish.objective } as ObjectiveSpec,
    evaluation: { cv: { folds: 5, repeats: 1, ...wish.cv } as CvSpec, holdout: wish.holdout ?? 0 },
    models: (wish.models ?? [{ use: 'plain' }]).map((model) => ({
      name: model.use,
      preprocessing: DEFAULT_PREPROCESSING,
      searchedPreprocessing: {},
      ...model,
    })),
    space: { parameters: wish.parameters ?? [] },
  };
}

function plan(dataset: Dataset, wish?: Wish) {
  return createPlan(specOf(wish), dataset, lookUp);
}

function issues(dataset: Dataset, wish: Wish): readonly string[] {
  try {
    plan(dataset, wish);
  } catch (error) {
    if (error instanceof SpaceFileError) return error.issues.map((issue) => `${issue.path}: ${issue.message}`);
    throw error;
  }
  return [];
}

function dataError(dataset: Dataset, wish: Wish): DataError {
  try {
    plan(dataset, wish);
  } catch (error) {
    if (error instanceof DataError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const TIMED = { kind: 'time', column: 'day', folds: 5 } as const;

const labels = Array.from({ length: 60 }, (_, row) => (row * 7) % 3);
const threeClasses = classificationTable(labels, ['a', 'b', 'c']);
const twoClasses = classificationTable(
  labels.map((label) => Math.min(label, 1)),
  ['no', 'yes'],
);
const numbers = regressionTable(labels.map((label, row) => label + row / 10));
const all = Int32Array.from({ length: 60 }, (_, row) => row);

describe('the objective', () => {
  test('is accuracy or r2 unless the file says otherwise', () => {
    expect(plan(twoClasses)).toMatchObject({ metrics: ['accuracy'], goal: 'maximize' });
    expect(plan(numbers)).toMatchObject({ metrics: ['r2'], goal: 'maximize' });
    const objective = { metric: 'log_loss', also: ['accuracy', 'log_loss', 'accuracy'] };
    expect(plan(twoClasses, { objective })).toMatchObject({ metrics: ['log_loss', 'accuracy'], goal: 'minimize' });
  });

  test('every metric that does not fit is reported at once', () => {
    const found = issues(threeClasses, {
      objective: { metric: 'acuracy', also: ['rmse', 'f1', 'mcc', 'precision', 'recall'] },
    });
    expect(found.map((issue) => issue.slice(0, issue.indexOf(':')))).toEqual([
      'objective.metric',
      'objective.also[0]',
      'objective.also[1]',
      'objective.also[3]',
      'objective.also[4]',
    ]);
    expect(found[0]).toContain("unknown metric 'acuracy' (did you mean 'accuracy'?)");
    expect(found[1]).toContain("rmse is a metric for regression, but the target 'label' has 3 classes");
    expect(found[2]).toContain("f1 is defined for two classes, but the target 'label' has 3; use f1_macro");
    expect(found[3]).toContain('use f1_macro or balanced_accuracy');
    expect(found[4]).toContain('balanced_accuracy');
    expect(issues(numbers, { objective: { metric: 'accuracy' } })[0]).toContain(
      "but the target 'amount' is numeric; use one of rmse",
    );
  });

  test("a goal against the metric's own is an error", () => {
    expect(issues(numbers, { objective: { goal: 'minimize' } })).toEqual([
      'objective.goal: r2 is a metric to maximize, got minimize; leave the goal out',
    ]);
    expect(plan(numbers, { objective: { goal: 'maximize' } }).goal).toBe('maximize');
  });
});

describe('trainers', () => {
  test('that lack what a metric needs are refused, both named', () => {
    const models = [{ use: 'labels' }, { use: 'margins' }, { use: 'plain' }];
    expect(issues(twoClasses, { models, objective: { metric: 'roc_auc' } })).toEqual([
      'models.labels.use: roc_auc needs probabilities or decision values, and labels gives none; use another metric or another trainer',
    ]);
    expect(issues(threeClasses, { models: [{ use: 'margins' }], objective: { metric: 'roc_auc' } })[0]).toContain(
      'roc_auc needs probabilities, and margins gives none',
    );
    const also = issues(twoClasses, { models, objective: { also: ['log_loss'] } });
    expect(also.map((issue) => issue.slice(0, issue.indexOf(':')))).toEqual([
      'models.labels.use',
      'models.margins.use',
    ]);
  });

  test('of the other task are refused', () => {
    expect(issues(twoClasses, { models: [{ name: 'mine', use: 'line' }] })).toEqual([
      "models.mine.use: line does regression, but the target 'label' is for classification; use another trainer, or set data.task",
    ]);
    expect(issues(numbers, { models: [{ use: 'line' }] })).toEqual([]);
  });

  test('that take no weights are refused beside data.weights', () => {
    const weighted = regressionTable(labels, { weights: labels.map(() => 2) });
    expect(issues(weighted, { models: [{ use: 'margins' }, { use: 'plain' }] })).toEqual([
      'models.margins.use: margins takes no row weights; leave data.weights or this model out',
    ]);
  });

  test('that take no categories as they are refuse encode: native, fixed or searched', () => {
    const native = { preprocessing: { ...DEFAULT_PREPROCESSING, encode: 'native' as const } };
    expect(
      issues(twoClasses, {
        models: [
          { use: 'native', ...native },
          { use: 'plain', ...native },
        ],
      }),
    ).toEqual([
      'preprocess.encode: native: plain does not take categories as they are; use onehot or ordinal (models.plain)',
    ]);
    const searched = { searchedPreprocessing: { encode: 'preprocess.encode' } };
    const encode = (values: readonly string[]): Parameter[] => [
      { name: 'preprocess.encode', domain: { kind: 'categorical', values, ordered: false } },
    ];
    const models = [{ use: 'plain', ...searched }];
    expect(issues(twoClasses, { models, parameters: encode(['onehot', 'native']) })).toHaveLength(1);
    expect(issues(twoClasses, { models, parameters: encode(['onehot', 'ordinal']) })).toEqual([]);
  });

  test('that take no missing values refuse impute: none, fixed or searched, where the data have some', () => {
    const holes = { kind: 'numeric', name: 'bill', values: Float64Array.from(labels, (_, row) => row || Number.NaN) };
    const holed = classificationTable(labels, ['a', 'b', 'c'], { features: [holes as FeatureColumn] });
    const none = { preprocessing: { ...DEFAULT_PREPROCESSING, impute: 'none' as const } };
    const models = [{ use: 'plain', ...none }];
    expect(issues(holed, { models })).toEqual([
      "preprocess.impute: none: column 'bill' has missing values, and models.plain takes none; use mean, median or most_frequent",
    ]);
    expect(issues(threeClasses, { models })).toEqual([]);
    expect(issues(holed, { models: [{ use: 'plain' }] })).toEqual([]);
    expect(issues(holed, { models: [{ use: 'native', ...none }] })).toHaveLength(1);
    const asTheyAre = { preprocessing: { ...none.preprocessing, encode: 'native' as const } };
    expect(issues(holed, { models: [{ use: 'native', ...asTheyAre }] })).toEqual([]);
    const impute = (values: readonly string[]): Parameter[] => [
      { name: 'preprocess.impute', domain: { kind: 'categorical', values, ordered: false } },
    ];
    const searched = [{ use: 'plain', searchedPreprocessing: { impute: 'preprocess.impute' } }];
    expect(issues(holed, { models: searched, parameters: impute(['median', 'none']) })).toHaveLength(1);
    expect(issues(holed, { models: searched, parameters: impute(['median', 'mean']) })).toEqual([]);
  });

  test('and metrics are reported together', () => {
    const found = issues(twoClasses, { objective: { metric: 'rmse' }, models: [{ use: 'line' }, { use: 'nothing' }] });
    expect(found.map((issue) => issue.slice(0, issue.indexOf(':')))).toEqual([
      'objective.metric',
      'models.line.use',
      'models.nothing.use',
    ]);
  });
});

describe('folds', () => {
  test('are stratified for classes and plain for numbers', () => {
    for (const { test: tested } of plan(threeClasses).folds) {
      expect([0, 1, 2].map((label) => tested.filter((row) => labels[row] === label).length)).toEqual([4, 4, 4]);
    }
    expect(plan(threeClasses).cvKind).toBe('stratified');
    expect(plan(numbers).cvKind).toBe('kfold');
    expect(plan(threeClasses, { cv: { kind: 'holdout', test: 0.25, repeats: 2 } })).toMatchObject({
      cvKind: 'holdout',
    });
    expect(plan(numbers, { cv: { folds: 7 } }).folds.map((fold) => fold.test.length)).toEqual([9, 9, 9, 9, 8, 8, 8]);
  });

  test('and the holdout share no row and hold every row', () => {
    const { folds, holdout } = plan(threeClasses, { holdout: 0.2, cv: { repeats: 2 } });
    expect(folds).toHaveLength(10);
    expect([0, 1, 2].map((label) => holdout!.test.filter((row) => labels[row] === label).length)).toEqual([4, 4, 4]);
    expect(Int32Array.from([...holdout!.train, ...holdout!.test]).sort()).toEqual(all);
    for (const { train, test: tested } of folds) {
      expect(Int32Array.from([...train, ...tested]).sort()).toEqual(holdout!.train);
    }
  });

  test('by group hold out whole groups', () => {
    const groups = labels.map((_, row) => (row * 11) % 17);
    const { folds, holdout } = plan(regressionTable(labels, { groups }), {
      holdout: 0.25,
      cv: { kind: 'group', folds: 3, repeats: 1 },
    });
    expect(holdout!.test.length).toBeLessThanOrEqual(15);
    expect(holdout!.test.length).toBeGreaterThan(15 - 4);
    for (const { train, test: tested } of [...folds, holdout!]) {
      const training = new Set(Array.from(train, (row) => groups[row]));
      expect(tested.some((row) => training.has(groups[row]))).toBe(false);
    }
  });

  test('in time hold out the last rows, ties together', () => {
    const order = labels.map((_, row) => 100 - row);
    const timed = plan(regressionTable(labels, { order }), { holdout: 0.1, cv: TIMED });
    expect([...timed.holdout!.test]).toEqual([0, 1, 2, 3, 4, 5]);
    expect(timed.folds.every(({ test: tested }) => tested.every((row) => row >= 6))).toBe(true);
    const tied = labels.map((_, row) => Math.floor(row / 8));
    // 60 rows, 6 to hold out: the cut at 54 would part rows 48 to 55.
    const coarse = plan(regressionTable(labels, { order: tied }), { holdout: 0.1, cv: { ...TIMED, folds: 2 } });
    expect([...coarse.holdout!.test]).toEqual([56, 57, 58, 59]);
    const equal = regressionTable(labels, { order: labels.map(() => 1) });
    expect(dataError(equal, { holdout: 0.1, cv: TIMED }).message).toContain('share one value');
  });

  test('depend on the seed and on nothing else, and lie in shared memory', () => {
    const wish = { holdout: 0.2, seed: 5 };
    const first = plan(threeClasses, wish);
    expect(plan(threeClasses, wish)).toEqual(first);
    expect(first.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(plan(threeClasses, { ...wish, seed: 6 }).folds).not.toEqual(first.folds);
    for (const { train, test: tested } of [...first.folds, first.holdout!]) {
      expect(train.buffer).toBeInstanceOf(SharedArrayBuffer);
      expect(tested.buffer).toBeInstanceOf(SharedArrayBuffer);
    }
    // Adding a metric or a model leaves the rows as they are: trials of both studies compare fold by fold.
    const wider = plan(threeClasses, {
      ...wish,
      objective: { also: ['mcc'] },
      models: [{ use: 'plain' }, { use: 'labels' }],
    });
    expect(wider.folds).toEqual(first.folds);
  });

  test('the hash tells apart seeds, metrics, trainers and data', () => {
    const hashes = [
      plan(threeClasses),
      plan(threeClasses, { seed: 1 }),
      plan(threeClasses, { objective: { metric: 'mcc' } }),
      plan(threeClasses, { models: [{ use: 'labels' }] }),
      plan(threeClasses, { holdout: 0.2 }),
      plan({ ...threeClasses, hash: 'other' }),
    ].map((given) => given.hash);
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});

describe('folds on which every trial would fail', () => {
  test('are refused when a metric is undefined there', () => {
    const sorted = classificationTable([0, 1, 0, 1, 0, 1, 0, 0, 0], ['no', 'yes'], {
      order: [0, 1, 2, 3, 4, 5, 6, 7, 8],
    });
    const error = dataError(sorted, { objective: { metric: 'roc_auc' }, cv: { ...TIMED, folds: 2 } });
    expect(error.message).toBe('roc_auc is undefined for fold 2 of 2: 3 test rows, with rows of 1 of 2 classes');
    expect(plan(sorted, { cv: { ...TIMED, folds: 2 } }).folds).toHaveLength(2);
    const single = dataError(numbers, { cv: { folds: 60 } });
    expect(single.message).toBe('r2 is undefined for fold 1 of 60: 1 test row');
    expect(plan(numbers, { cv: { folds: 60 }, objective: { metric: 'mae' } }).folds).toHaveLength(60);
  });

  test('are refused when one class only trains', () => {
    const sorted = classificationTable([0, 0, 0, 1, 1, 1], ['no', 'yes'], { order: [0, 1, 2, 3, 4, 5] });
    const error = dataError(sorted, { cv: { ...TIMED, folds: 2 } });
    expect(error.message).toBe("fold 1 of 2 has the class 'no' only among its 2 training rows");
  });

  test('are refused when the holdout is one', () => {
    const rare = classificationTable([...new Array<number>(30).fill(0), 1, 1], ['no', 'yes']);
    const error = dataError(rare, { holdout: 0.1, cv: { folds: 2 }, objective: { metric: 'roc_auc' } });
    expect(error.message).toContain('roc_auc is undefined for the holdout');
  });
});
