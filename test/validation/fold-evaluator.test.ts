import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import type { Dataset, FeatureColumn } from '../../src/data/dataset.js';
import { DEFAULT_PREPROCESSING, type Preprocessing, SCALE_METHODS } from '../../src/data/preprocessing-options.js';
import { type Model, type Trainer, TrainerError, type TrainingSet } from '../../src/trainers/trainer.js';
import type { FoldOutcome } from '../../src/trial.js';
import type { EvaluationPlan } from '../../src/validation/evaluation-plan.js';
import { createFoldEvaluator } from '../../src/validation/fold-evaluator.js';
import type { FoldTask } from '../../src/validation/fold-task.js';
import { classificationTable, regressionTable } from './datasets.js';

const labels = [0, 0, 1, 1, 0, 1, 0, 1];
const ages = [1, 2, 7, 8, 3, 6, 2.5, 7.5];
const age: FeatureColumn = { kind: 'numeric', name: 'age', values: Float64Array.from(ages) };
const dataset = classificationTable(labels, ['no', 'yes'], { features: [age] });

function planFor(data: Dataset, metrics: readonly string[]): EvaluationPlan {
  return {
    hash: 'plan',
    dataset: data,
    folds: [
      { train: Int32Array.of(0, 1, 2, 3), test: Int32Array.of(4, 5, 6, 7) },
      { train: Int32Array.of(4, 5, 6, 7), test: Int32Array.of(0, 1, 2, 3) },
    ],
    holdout: { train: Int32Array.of(0, 2, 4, 5, 6, 7), test: Int32Array.of(1, 3) },
    metrics,
    goal: 'maximize',
    cvKind: 'predefined',
    trainers: { family: 'trainer' },
  };
}

function taskFor(fold: number, preprocessing: Preprocessing = { ...DEFAULT_PREPROCESSING, scale: 'none' }): FoldTask {
  return { trial: 0, fold, model: 'family', trainer: 'trainer', params: {}, preprocessing, seed: 9 };
}

function trainerOf(fit: Trainer['fit'], extra: Partial<Trainer> = {}): Trainer {
  return {
    name: 'trainer',
    summary: 'for tests',
    tasks: ['classification', 'regression'],
    parameters: [],
    knownGood: {},
    gives: 'probabilities',
    acceptsWeights: true,
    suggested: false,
    fit,
    ...extra,
  };
}

function run(
  fit: Trainer['fit'],
  metrics: readonly string[] = ['accuracy'],
  data = dataset,
  fold = 0,
): Promise<FoldOutcome> {
  return createFoldEvaluator(planFor(data, metrics), () => trainerOf(fit))(taskFor(fold));
}

/** Cuts the first column half way between the means of the two classes. */
function cutModel({ features, target }: TrainingSet): Model {
  const sums = [0, 0];
  const counts = [0, 0];
  target.forEach((label, row) => {
    sums[label]! += features.data[row * features.columns]!;
    counts[label]! += 1;
  });
  const cut = (sums[0]! / counts[0]! + sums[1]! / counts[1]!) / 2;
  const decision: Model['predict'] = (rows) =>
    Float64Array.from({ length: rows.rows }, (_, row) => rows.data[row * rows.columns]! - cut);
  return {
    decision,
    predict: (rows) => decision(rows).map((value) => (value > 0 ? 1 : 0)),
    predictProba: (rows) =>
      Float64Array.from(
        [...decision(rows)].flatMap((value) => [1 / (1 + Math.exp(value)), 1 / (1 + Math.exp(-value))]),
      ),
  };
}

async function completed(outcome: Promise<FoldOutcome>) {
  const given = await outcome;
  if (given.state !== 'completed') throw new Error(given.reason);
  return given;
}

async function reason(outcome: Promise<FoldOutcome>): Promise<string> {
  const given = await outcome;
  expect(given.state).toBe('failed');
  return given.state === 'completed' ? '' : given.reason;
}

describe('a fold that completes', () => {
  test('has every metric, the objective first, and its times', async () => {
    const outcome = await completed(run(cutModel, ['log_loss', 'accuracy', 'roc_auc']));
    expect(Object.keys(outcome.scores)).toEqual(['log_loss', 'accuracy', 'roc_auc']);
    // Trained on ages 1, 2 | 7, 8 the cut is 4.5; tested on 3, 6, 2.5, 7.5.
    expect(outcome.scores.accuracy).toBe(1);
    expect(outcome.scores.roc_auc).toBe(1);
    const losses = [1.5, 1.5, 2, 3].map((margin) => Math.log1p(Math.exp(-margin)));
    expect(outcome.scores.log_loss).toBeCloseTo(losses.reduce((sum, loss) => sum + loss) / 4, 12);
    expect(outcome.fitSeconds).toBeGreaterThanOrEqual(0);
    expect(outcome.scoreSeconds).toBeGreaterThanOrEqual(0);
  });

  test('gives the trainer its rows, classes, weights, parameters and seed', async () => {
    const weighted = classificationTable(labels, ['no', 'yes'], { features: [age], weights: [1, 2, 3, 4, 5, 6, 7, 8] });
    const seen: unknown[] = [];
    const evaluate = createFoldEvaluator(planFor(weighted, ['accuracy']), (name) => {
      expect(name).toBe('trainer');
      return trainerOf((train, params, context) => {
        seen.push(train, params, context);
        return cutModel(train);
      });
    });
    await completed(evaluate({ ...taskFor(1), params: { depth: 3 } }));
    expect(seen).toEqual([
      {
        features: { data: Float64Array.of(3, 6, 2.5, 7.5), rows: 4, columns: 1 },
        target: Float64Array.of(0, 1, 0, 1),
        classes: ['no', 'yes'],
        columns: ['age'],
        weights: Float64Array.of(5, 6, 7, 8),
      },
      { depth: 3 },
      { seed: 9 },
    ]);
  });

  test('may be the holdout, and may be fitted asynchronously', async () => {
    let rows = 0;
    const outcome = await completed(
      run(
        async (train) => {
          rows = train.features.rows;
          return cutModel(train);
        },
        ['accuracy'],
        dataset,
        2,
      ),
    );
    expect(rows).toBe(6);
    expect(outcome.scores).toEqual({ accuracy: 1 });
  });

  test('asks a model for what its metrics read only', async () => {
    const calls = async (
      metrics: readonly string[],
      gives: readonly Exclude<keyof Model, 'toJSON'>[],
    ): Promise<string[]> => {
      const asked: string[] = [];
      await completed(
        run((train) => {
          const model = cutModel(train);
          const spied: Partial<Record<Exclude<keyof Model, 'toJSON'>, Model['predict']>> = {};
          for (const method of gives) {
            spied[method] = (features) => {
              asked.push(method);
              return model[method]!(features);
            };
          }
          return { predict: model.predict, ...spied };
        }, metrics),
      );
      return asked;
    };
    const all = ['predict', 'predictProba', 'decision'] as const;
    expect(await calls(['accuracy', 'f1'], all)).toEqual(['predict']);
    expect(await calls(['log_loss'], all)).toEqual(['predictProba']);
    expect(await calls(['roc_auc', 'pr_auc'], all)).toEqual(['decision']);
    expect(await calls(['roc_auc'], ['predict', 'predictProba'])).toEqual(['predictProba']);
    expect(await calls(['roc_auc', 'brier', 'mcc'], all)).toEqual(['predict', 'decision', 'predictProba']);
  });

  test('ranks by decision values also when the positive class is class 0', async () => {
    const turned = { ...dataset, target: { ...dataset.target, positive: 0 } } as Dataset;
    const outcome = await completed(run(cutModel, ['roc_auc', 'brier'], turned));
    expect(outcome.scores.roc_auc).toBe(1);
    expect(outcome.scores.brier).toBeLessThan(0.1);
  });
});

describe('what is kept between tasks', () => {
  const spread = regressionTable(
    labels.map((label, row) => label * 3 + ages[row]!),
    { features: [age] },
  );
  const proportional: Trainer['fit'] = ({ features, target }) => {
    const slope = target.reduce((sum, value, row) => sum + value * features.data[row]!, 0);
    return { predict: (rows) => rows.data.map((value) => value * slope) };
  };
  const tasks = [0, 1, 2, 0, 1, 2, 0].flatMap((fold) =>
    SCALE_METHODS.map((scale) => taskFor(fold, { ...DEFAULT_PREPROCESSING, scale })),
  );

  // A fold here holds 8 features, 2 x 4 targets and the truth of 4 rows: 160 bytes.
  test.each([0, 160, 500, 1e9])('does not change a result: %d bytes', async (limit) => {
    const evaluate = createFoldEvaluator(planFor(spread, ['rmse']), () => trainerOf(proportional), limit);
    for (const task of tasks) {
      const alone = createFoldEvaluator(planFor(spread, ['rmse']), () => trainerOf(proportional));
      expect((await completed(evaluate(task))).scores).toEqual((await completed(alone(task))).scores);
    }
  });

  test('is used again', async () => {
    const seen = new Set<TrainingSet>();
    const remember: Trainer['fit'] = (train, params, context) => {
      seen.add(train);
      return proportional(train, params, context);
    };
    const evaluate = createFoldEvaluator(planFor(spread, ['rmse']), () => trainerOf(remember));
    for (const task of tasks) await completed(evaluate(task));
    expect(seen.size).toBe(3 * SCALE_METHODS.length);
  });
});

describe('a fold that fails', () => {
  test("has the trainer's refusal as its reason", async () => {
    const fit = () => {
      throw new TrainerError('trainer', 'n_neighbors must be at most 4, got 9');
    };
    expect(await reason(run(fit))).toBe('trainer: n_neighbors must be at most 4, got 9');
  });

  test.each([
    [new Error('broken'), 'trainer: broken'],
    [new RangeError(), 'trainer: RangeError'],
    [runInNewContext('new Error("of another realm")'), 'trainer: of another realm'],
    ['text', 'trainer: text'],
    [null, 'trainer: threw null (throw an Error with a message)'],
    [undefined, 'trainer: threw undefined (throw an Error with a message)'],
    [Object.create(null), 'trainer: threw [Object: null prototype] {} (throw an Error with a message)'],
  ])('says what was thrown: %o', async (thrown, expected) => {
    const throwing = () => {
      throw thrown;
    };
    expect(await reason(run(throwing))).toBe(expected);
    expect(await reason(run(async () => throwing()))).toBe(expected);
    expect(await reason(run(() => ({ predict: throwing })))).toBe(expected);
  });

  test('has a reason of limited length', async () => {
    const fit = () => {
      throw new Error('x'.repeat(5000));
    };
    expect(await reason(run(fit))).toBe(`trainer: ${'x'.repeat(1000)}`);
  });

  test.each<[string, readonly string[], Partial<Model>, string]>([
    ['too few values', ['accuracy'], { predict: () => new Float64Array(3) }, 'predict must give 4 numbers, got 3'],
    [
      'NaN',
      ['accuracy'],
      { predict: () => Float64Array.of(0, Number.NaN, 0, 0) },
      'predict gave NaN for test row 2 of 4',
    ],
    [
      'no class',
      ['accuracy'],
      { predict: () => Float64Array.of(0, 1, 2, 0) },
      'predict must give class indices 0 to 1, got 2',
    ],
    [
      'half a class',
      ['mcc'],
      { predict: () => Float64Array.of(0, 0.5, 1, 0) },
      'predict must give class indices 0 to 1, got 0.5',
    ],
    [
      'too many probabilities',
      ['log_loss'],
      { predictProba: () => new Float64Array(9) },
      'predictProba must give 8 numbers, got 9',
    ],
    [
      'NaN probability',
      ['log_loss'],
      { predictProba: () => new Float64Array(8).fill(Number.NaN) },
      'predictProba gave NaN for test row 1 of 4',
    ],
    [
      'negative probability',
      ['brier'],
      { predictProba: () => Float64Array.of(0, 1, -1, 2, 0, 1, 0, 1) },
      'predictProba gave -1 for test row 2 of 4',
    ],
    [
      'sum of probabilities',
      ['brier'],
      { predictProba: () => new Float64Array(8).fill(0.4) },
      'predictProba must give rows that sum to 1, got 0.8 for test row 1',
    ],
    ['no probabilities', ['brier'], {}, 'the model gives no probabilities, which the metrics need'],
    [
      'NaN decision',
      ['roc_auc'],
      { decision: () => Float64Array.of(1, 2, 3, Number.NaN) },
      'decision gave NaN for test row 4 of 4',
    ],
  ])('names a prediction that cannot be scored: %s', async (_, metrics, model, expected) => {
    const fit = () => ({ predict: () => new Float64Array(4), ...model });
    expect(await reason(run(fit, metrics))).toBe(`trainer: ${expected}`);
  });

  test('names a score that is no finite number', async () => {
    const numbers = regressionTable(ages, { features: [age] });
    const endless = () => ({ predict: () => new Float64Array(4).fill(Number.POSITIVE_INFINITY) });
    expect(await reason(run(endless, ['mae', 'rmse'], numbers))).toBe(
      'trainer: mae must be a finite number, got Infinity',
    );
    const oneClass = classificationTable([0, 1, 0, 1, 0, 0, 0, 0], ['no', 'yes'], { features: [age] });
    expect(await reason(run(cutModel, ['accuracy', 'roc_auc'], oneClass))).toBe(
      'trainer: roc_auc must be a finite number, got NaN',
    );
  });

  test('names the column with missing values and the remedy', async () => {
    const holes: FeatureColumn = {
      kind: 'numeric',
      name: 'bill',
      values: Float64Array.of(1, 2, 3, 4, 5, Number.NaN, 7, 8),
    };
    const holed = classificationTable(labels, ['no', 'yes'], { features: [age, holes] });
    const evaluate = createFoldEvaluator(planFor(holed, ['accuracy']), () => trainerOf(cutModel));
    const native = taskFor(0, { impute: 'none', encode: 'native', scale: 'none' });
    expect((await completed(evaluate(native))).scores).toEqual({ accuracy: 1 });
    const unencoded = await reason(evaluate(taskFor(0, { impute: 'none', encode: 'onehot', scale: 'none' })));
    expect(unencoded).toMatch(/^trainer: preprocess.impute: none .*column 'bill'.* use mean/);
    const imputing = taskFor(0, { impute: 'median', encode: 'onehot', scale: 'none' });
    expect((await completed(evaluate(imputing))).scores).toEqual({ accuracy: 1 });
  });

  test('does not end the next one', async () => {
    let first = true;
    const evaluate = createFoldEvaluator(planFor(dataset, ['accuracy']), () =>
      trainerOf((train) => {
        if (!first) return cutModel(train);
        first = false;
        throw new Error('once');
      }),
    );
    expect(await reason(evaluate(taskFor(0)))).toBe('trainer: once');
    expect((await completed(evaluate(taskFor(0)))).scores).toEqual({ accuracy: 1 });
  });
});

test('a task that no plan could hold is a bug, not an outcome', async () => {
  const evaluate = createFoldEvaluator(planFor(dataset, ['accuracy']), (name) =>
    name === 'trainer' ? trainerOf(cutModel) : undefined,
  );
  await expect(evaluate(taskFor(3))).rejects.toThrow('the plan has no fold 3');
  await expect(evaluate({ ...taskFor(0), trainer: 'nothing' })).rejects.toThrow('unknown trainer nothing');
});
