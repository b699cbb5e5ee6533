import { expect, test } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { buildLeaderboard } from '../../src/leaderboard/build-leaderboard.js';
import { selectRows } from '../../src/leaderboard/select-rows.js';
import { exampleState, SETTINGS } from './study.js';

const leaderboard = buildLeaderboard(exampleState());
const trials = (selection: Parameters<typeof selectRows>[2]) =>
  selectRows(leaderboard, SETTINGS, selection).rows.map((row) => row.trial);

test('keeps the ranking by default', () => {
  expect(trials({})).toEqual([1, 0, 2, null, 3]);
});

test('sorts by a column in either direction, rows without a value last', () => {
  expect(trials({ sort: 'svm.C' })).toEqual([0, 2, 1, null, 3]);
  expect(trials({ sort: 'svm.C:desc' })).toEqual([2, 0, 1, null, 3]);
  expect(trials({ sort: 'trial' })).toEqual([0, 1, 2, 3, null]);
  expect(trials({ sort: 'model:asc' })).toEqual([null, 1, 3, 0, 2]);
});

test('without a direction, scores come best first', () => {
  expect(trials({ sort: 'score' })).toEqual([1, 0, 2, null, 3]);
  expect(trials({ sort: 'score:asc' })).toEqual([0, 2, null, 1, 3]);
  // Of 0.9, 0.5, 0.5, and 0.75 for the baseline; the trial that timed out completed a fold with 0.5.
  expect(trials({ sort: 'fold_1' })).toEqual([1, null, 0, 2, 3]);
  // A metric that is minimised: 0.6, and 1 for all others.
  expect(trials({ sort: 'log_loss' })).toEqual([0, 1, 2, null, 3]);
});

test('takes the first trials and keeps the baseline', () => {
  expect(trials({ top: 2 })).toEqual([1, 0, null]);
  expect(trials({ top: 1, sort: 'trial:desc' })).toEqual([3, null]);
});

test('refuses a column that does not exist', () => {
  expect(() => trials({ sort: 'scor' })).toThrow(UsageError);
  expect(() => trials({ sort: '' })).toThrow(UsageError);
  expect(() => trials({ sort: 'scor' })).toThrow(
    '--sort: the leaderboard has no column "scor" (did you mean \'score\'?)',
  );
  expect(() => trials({ sort: 'C:desc' })).toThrow("(did you mean 'svm.C'?)");
});
