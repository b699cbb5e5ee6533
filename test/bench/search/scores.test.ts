import { expect, test } from 'vitest';
import { type Regrets, scoreOf } from '../../../bench/search/scores.js';

const of = (...tasks: number[][]) => new Map(tasks.map((seeds, i) => [`t${i}`, new Map([[25, seeds]])]));

// Two tasks. Pairs that `a` loses to `b`: of nine, 0 and one tie (1/18); of one, 1. To `c`: 0 and 0.
const regrets: Regrets = new Map([
  ['a', of([0.1, 0.2, 0.6], [0.4])],
  ['b', of([0.6, 0.7, 0.9], [0])],
  ['c', of([2, 3, 4], [5])],
]);

test('the mean is that of the medians over the seeds', () => {
  expect(scoreOf('a', regrets, ['t0', 't1'], 25).mean).toBeCloseTo(0.3, 12);
});

test('the geometric mean counts what is below a thousandth as a thousandth', () => {
  expect(scoreOf('b', regrets, ['t0', 't1'], 25).geometricMean).toBeCloseTo(Math.sqrt(0.7 * 0.001), 12);
});

test('the rank counts the share of pairs of runs that others win', () => {
  expect(scoreOf('a', regrets, ['t0', 't1'], 25).rank).toBeCloseTo(1 + (1 / 18 + 1) / 2, 12);
  expect(scoreOf('c', regrets, ['t0', 't1'], 25).rank).toBeCloseTo(3, 12);
});
