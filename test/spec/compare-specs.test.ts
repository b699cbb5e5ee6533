import { expect, test } from 'vitest';
import { compareSpecs } from '../../src/spec/compare-specs.js';

const before = {
  seed: 1,
  search: { trials: 50, initial: [{ a: 1 }] },
  models: { a: { use: 'knn', parameters: { p: 1, k: { min: 1, max: 3 } } }, b: { use: 'ridge' } },
};

test('the same data have no differences, whatever the order of keys that does not count', () => {
  const { seed, ...rest } = before;
  expect(compareSpecs(before, { ...rest, seed, search: { initial: [{ a: 1 }], trials: 50 } })).toEqual([]);
});

test('one line a difference', () => {
  const after = {
    search: { trials: 100, initial: [{ a: 2 }], method: 'grid' },
    models: { a: { use: 'knn', parameters: { p: [1, 2], k: { min: 1, max: 9 } } }, c: { use: 'ridge' } },
  };
  expect(compareSpecs(before, after)).toEqual([
    'seed: 1 -> (absent)',
    'search.trials: 50 -> 100',
    'search.initial[0].a: 1 -> 2',
    'search.method: (absent) -> grid',
    'models.a.parameters.p: 1 -> [1,2]',
    'models.a.parameters.k.max: 3 -> 9',
    'models.b: {"use":"ridge"} -> (absent)',
    'models.c: (absent) -> {"use":"ridge"}',
  ]);
});

test('the order of models and parameters is the order of a grid', () => {
  const { a, b } = before.models;
  expect(compareSpecs(before, { ...before, models: { b, a } })).toEqual(['models: order: a, b -> b, a']);
  const { k, p } = a.parameters;
  expect(compareSpecs(before, { ...before, models: { a: { use: 'knn', parameters: { k, p } }, b } })).toEqual([
    'models.a.parameters: order: p, k -> k, p',
  ]);
});
