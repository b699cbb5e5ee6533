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

test('takes the first trials and keeps the baseline', () => {
  expect(trials({ top: 2 })).toEqual([1, 0, null]);
  expect(trials({ top: 1, sort: 'trial:desc' })).toEqual([3, null]);
});

test('refuses a column that does not exist', () => {
  expect(() => trials({ sort: 'scor' })).toThrow(UsageError);
  expect(() => trials({ sort: '' })).toThrow(UsageError);
});
