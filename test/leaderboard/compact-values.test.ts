import { describe, expect, test } from 'vitest';
import { buildLeaderboard } from '../../src/leaderboard/build-leaderboard.js';
import {
  compactConstants,
  compactDeviation,
  compactNumber,
  compactParams,
  compactScore,
  constantParameters,
} from '../../src/leaderboard/compact-values.js';
import type { LeaderboardRow } from '../../src/leaderboard/leaderboard.js';
import { exampleState } from './study.js';

test.each([
  [0, '0.0000'],
  [0.97333333, '0.9733'],
  [-0.00412, '-0.0041'],
  [9.99996, '10.0000'],
  [12.3456, '12.346'],
  [123.456, '123.46'],
  [54321.9, '54322'],
  [1234567.8, '1234568'],
  [0.00004321, '4.321e-5'],
  [123456789, '1.235e+8'],
])('the score %d is shown as %s', (score, text) => {
  expect(compactScore(score)).toBe(text);
});

test.each([
  [100, '100'],
  [0.1 + 0.2, '0.3'],
  [0.000123456789, '0.00012346'],
  [1e-9, '1e-9'],
])('the number %d is shown as %s', (value, text) => {
  expect(compactNumber(value)).toBe(text);
});

describe('compactParams', () => {
  test('cuts the family where the names stay distinct', () => {
    expect(compactParams({ model: 'svm', 'preprocess.scale': 'none', 'svm.C': 10 })).toBe('scale=none C=10');
    expect(compactParams({ 'preprocess.scale': 'none', 'svm.scale': 1 })).toBe('preprocess.scale=none svm.scale=1');
  });

  test('leaves hidden ones out, and shows control characters as text', () => {
    expect(compactParams({ a: 1, b: '\u001b[2J\n' }, { a: 1 })).toBe('b=\\u001b[2J ');
  });
});

test('a deviation that is nothing but rounding is 0', () => {
  const row: LeaderboardRow = { rank: 1, trial: 0, model: null, state: 'completed', score: 0.8, folds: [], params: {} };
  expect(compactDeviation({ ...row, std: 1.2e-16 })).toBe('0.0000');
  expect(compactDeviation({ ...row, std: 0.05 })).toBe('0.0500');
  expect(compactDeviation({ ...row, std: null })).toBeUndefined();
});

test('constant is what has one value in all rows that have it, in two at least', () => {
  const leaderboard = buildLeaderboard(exampleState());
  expect(constantParameters(leaderboard)).toEqual({ 'preprocess.scale': 'none' });
  expect(constantParameters({ ...leaderboard, rows: leaderboard.rows.slice(0, 1) })).toEqual({});
});

test('a constant keeps its family where another parameter of the leaderboard ends alike', () => {
  const leaderboard = buildLeaderboard(exampleState());
  expect(compactConstants({ 'preprocess.scale': 'none' }, leaderboard)).toBe('scale=none');
  const [first, ...rest] = leaderboard.rows;
  const rows = [{ ...first!, params: { ...first!.params, 'svm.scale': 2 } }, ...rest];
  expect(compactConstants({ 'preprocess.scale': 'none' }, { ...leaderboard, rows })).toBe('preprocess.scale=none');
});
