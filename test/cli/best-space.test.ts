import { describe, expect, test } from 'vitest';
import { bestSpace, spaceText } from '../../src/cli/best-space.js';
import { UsageError } from '../../src/errors.js';
import type { StoredRun } from '../../src/runs/read-run.js';
import type { Params } from '../../src/trial.js';
import { completed, studyState } from '../leaderboard/study.js';

function run(source: Record<string, unknown>, params?: Params): StoredRun {
  const folds = [completed(0.5), completed(0.6), completed(0.7)];
  const state = studyState(params === undefined ? [] : [{ params, folds }]);
  const identity = { engine: 1, source, directory: '/project/spaces', dataHash: 'd', planHash: 'p' };
  return { folder: '/project/runs/churn', identity, state, end: { offset: 0, seq: 0, crc: '', elapsedMs: 0 } as never };
}

const SOURCE = {
  version: 1,
  name: 'churn',
  seed: 7,
  data: { file: 'data/churn.csv', target: 'churn' },
  preprocess: { impute: 'mean', scale: { values: ['none', 'standard'] } },
  search: { method: 'sobol', trials: 64, initial: [{ model: 'svm' }] },
  parameters: { random_state: { values: [1, 2] } },
  models: {
    svm: {
      use: 'svm',
      preprocess: { encode: 'choice(onehot, ordinal)' },
      parameters: { C: 'loguniform(1, 10)', tol: 1e-3, layers: { values: [[64, 32], [8]] } },
      constraints: ['C < 5'],
    },
    knn: { use: 'knn' },
  },
  constraints: ["model != 'knn'"],
  budget: { patience: 5 },
};

const PARAMS: Params = {
  model: 'svm',
  'preprocess.scale': 'none',
  'svm.preprocess.encode': 'ordinal',
  random_state: 2,
  'svm.C': 3.5,
  'svm.tol': 1e-3,
  'svm.layers': [64, 32],
};

describe('bestSpace', () => {
  test('fixes the model, its parameters and its preprocessing', () => {
    expect(bestSpace(run(SOURCE, PARAMS), '/project')).toEqual({
      version: 1,
      seed: 7,
      data: { file: 'spaces/data/churn.csv', target: 'churn' },
      preprocess: { impute: 'mean', scale: 'none', encode: 'ordinal' },
      search: { trials: 1 },
      models: {
        svm: {
          use: 'svm',
          parameters: { random_state: 2, C: 3.5, tol: 1e-3, layers: { values: [[64, 32]] } },
        },
      },
    });
  });

  test('a module is found from the new place, a program gets no preprocessing', () => {
    const module = { ...SOURCE, models: { svm: { module: './mine.js' } } };
    expect(bestSpace(run(module, { model: 'svm' }), '/project').models).toEqual({
      svm: { module: './spaces/mine.js' },
    });
    const command = { data: { file: '/a.csv' }, models: { svm: { command: ['python3', 'x.py'] } } };
    expect(bestSpace(run(command, { model: 'svm' }), '/project')).toEqual({
      data: { file: '/a.csv' },
      search: { trials: 1 },
      models: { svm: { command: ['python3', 'x.py'] } },
    });
  });

  test('refuses a run without a completed trial, and one whose objective is code', () => {
    expect(() => bestSpace(run(SOURCE), '/')).toThrow(UsageError);
    expect(() => bestSpace(run({ parameters: {} }, { x: 1 }), '/')).toThrow('the objective of this run is code');
  });
});

test('text that a reader of YAML could take for something else is quoted', () => {
  expect(spaceText({ data: { positive: 'Yes', types: { zip: '007' } } })).toBe(
    'data:\n  positive: "Yes"\n  types:\n    zip: "007"',
  );
});
