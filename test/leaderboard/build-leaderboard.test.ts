import { describe, expect, test } from 'vitest';
import { buildLeaderboard } from '../../src/leaderboard/build-leaderboard.js';
import { completed, exampleState, FOREST, SVM, studyState } from './study.js';

describe('buildLeaderboard', () => {
  test('has the promised shape, for completed and for other trials', () => {
    const leaderboard = buildLeaderboard(exampleState());
    expect({ ...leaderboard, rows: [] }).toEqual({
      version: 1,
      study: 'churn',
      metric: 'accuracy',
      goal: 'maximize',
      status: 'running',
      stopped: null,
      trials: { planned: 5, completed: 3, 'raced-out': 0, failed: 1 },
      limits_hit: 1,
      holdout: null,
      rows: [],
    });
    // std: numpy.std([.9, .95, .85], ddof=1)
    expect(leaderboard.rows[0]).toEqual({
      rank: 1,
      trial: 1,
      model: 'forest',
      state: 'completed',
      score: expect.closeTo(0.9, 12),
      std: expect.closeTo(0.05, 12),
      folds: [0.9, 0.95, 0.85],
      metrics: { log_loss: 1 },
      params: { 'preprocess.scale': 'none', 'forest.max_depth': null },
      fit_seconds: 1.5,
      score_seconds: 0.75,
    });
    expect(leaderboard.rows.at(-1)).toEqual({
      rank: null,
      trial: 3,
      model: 'forest',
      state: 'timed-out',
      score: null,
      reason: 'over 2m (budget.trial), "slow"\nvery',
      folds: [0.5],
      params: { 'preprocess.scale': 'none', 'forest.max_depth': 4 },
    });
  });

  test('ranks by score, ties by the lower number; the baseline stands after the trials that equal it', () => {
    const places = buildLeaderboard(exampleState()).rows.map(({ rank, trial, model }) => [rank, trial, model]);
    expect(places).toEqual([
      [1, 1, 'forest'],
      [2, 0, 'svm'],
      [3, 2, 'svm'],
      [null, null, 'dummy'],
      [null, 3, 'forest'],
    ]);
  });

  test('a lower score leads where the goal is to minimise', () => {
    const folds = (value: number) => [completed(value), completed(value), completed(value)];
    const state = studyState(
      [
        { params: SVM, folds: folds(3) },
        { params: FOREST, folds: folds(1) },
      ],
      { settings: { goal: 'minimize' }, baseline: folds(2) },
    );
    expect(buildLeaderboard(state).rows.map((row) => row.trial)).toEqual([1, null, 0]);
  });

  test('a baseline that failed comes last, and counts nowhere', () => {
    const state = studyState([{ params: SVM, folds: [completed(1), completed(1), completed(1)] }], {
      baseline: [{ state: 'failed', reason: 'no rows' }],
    });
    const leaderboard = buildLeaderboard(state);
    expect(leaderboard.rows.map((row) => row.model)).toEqual(['svm', 'dummy']);
    expect(leaderboard.rows[1]).toMatchObject({ rank: null, trial: null, score: null, reason: 'no rows' });
    expect(leaderboard.trials).toEqual({ planned: 5, completed: 1, 'raced-out': 0, failed: 0 });
  });

  test('leaves times out on demand, and has no deviation of a single fold', () => {
    const state = studyState([{ params: SVM, folds: [completed(0.5)] }], { settings: { foldCount: 1 } });
    const [row] = buildLeaderboard(state, { times: false }).rows;
    expect(Object.keys(row!)).toEqual([
      'rank',
      'trial',
      'model',
      'state',
      'score',
      'std',
      'folds',
      'metrics',
      'params',
    ]);
    expect(row!.std).toBeNull();
  });

  test('says what became of the holdout', () => {
    const settings = { holdoutRows: 40 };
    const folds = [completed(0.5), completed(0.5), completed(0.5)];
    const trials = [{ params: SVM, folds }];
    expect(buildLeaderboard(studyState(trials, { settings })).holdout).toEqual({ rows: 40, score: null });
    const scored = studyState(trials, { settings, after: [{ type: 'holdout', trial: 0, outcome: completed(0.4) }] });
    expect(buildLeaderboard(scored).holdout).toEqual({ rows: 40, score: 0.4 });
    const outcome = { state: 'failed', reason: 'singular' } as const;
    const failed = studyState(trials, { settings, after: [{ type: 'holdout', trial: 0, outcome }] });
    expect(buildLeaderboard(failed).holdout).toEqual({ rows: 40, score: null, reason: 'singular' });
  });

  test('tells a finished study and why it stopped', () => {
    const state = studyState([{ params: SVM, folds: [completed(1), completed(1), completed(1)] }], {
      after: [{ type: 'finished', reason: 'exhausted' }],
    });
    expect(buildLeaderboard(state)).toMatchObject({ status: 'finished', stopped: 'exhausted' });
  });

  test('a study without trials and without a planned number', () => {
    const leaderboard = buildLeaderboard(studyState([], { settings: { planned: undefined } }));
    expect(leaderboard.trials.planned).toBeNull();
    expect(leaderboard.rows).toEqual([]);
  });
});
