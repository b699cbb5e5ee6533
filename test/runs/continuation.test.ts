import { describe, expect, test } from 'vitest';
import { continuationProblems } from '../../src/runs/continuation.js';
import { parseSpec } from '../../src/spec/load-spec.js';

function spec(more: string) {
  const text = `data: {file: a.csv, target: y}\nmodels: {m: {use: knn, parameters: {n_neighbors: "int(1, 9)"}}}\n${more}`;
  return parseSpec(text, { file: 'space.yaml', directory: '/', name: 'space' }).spec;
}

describe('a run goes on', () => {
  test.each([
    ['with more trials', 'search: {trials: 5}', 'search: {trials: 6}'],
    ['with more than the default', '', 'search: {trials: 51}'],
    ['with a longer budget', 'budget: {wall: 1m, trial: 1s}', 'budget: {wall: 1h, trial: 2s}'],
    ['without a limit', 'budget: {wall: 1m, patience: 3, fold: 1s}', 'search: {trials: 50}'],
  ])('%s', (_, before, after) => {
    expect(continuationProblems(spec(before), spec(after))).toEqual([]);
  });
});

describe('a run does not go on', () => {
  test.each([
    ['with fewer trials', 'search: {trials: 6}', 'search: {trials: 5}', 'search.trials: 6 -> 5 (it may only grow)'],
    ['with less time', 'budget: {wall: 2m}', 'budget: {wall: 1m}', 'budget.wall: 2m -> 1m (it may only grow)'],
    ['with patience that is new', '', 'budget: {patience: 5}', 'budget.patience: (absent) -> 5 (it may only grow)'],
    [
      'with more points of a grid',
      'search: {method: grid, trials: 3}',
      'search: {method: grid, trials: 5}',
      'search.trials: 3 -> 5 (a grid depends on it)',
    ],
    ['by another method', 'search: {method: sobol}', 'search: {method: random}', 'search.method: sobol -> random'],
    ['with another seed', '', 'seed: 3', 'seed: (absent) -> 3'],
  ])('%s', (_, before, after, line) => {
    expect(continuationProblems(spec(before), spec(after))).toEqual([line]);
  });
});
