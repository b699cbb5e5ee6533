import { describe, expect, test } from 'vitest';
import { nearestName, suggestion } from '../src/nearest-name.js';

describe('nearestName', () => {
  const trainers = ['decision-tree', 'knn', 'logistic-regression', 'ridge', 'ml-random-forest'];

  test.each([
    ['trails', ['trials', 'method'], 'trials'],
    ['serch', ['search', 'seed'], 'search'],
    ['DecisionTree', trainers, 'decision-tree'],
    ['decision_tree', trainers, 'decision-tree'],
    ['random-forest', trainers, 'ml-random-forest'],
    ['kn', trainers, 'knn'],
    ['lasso', trainers, undefined],
    ['gp', ['C', 'tol'], undefined],
    ['x', ['min', 'max'], undefined],
    ['a'.repeat(100_000), trainers, undefined],
  ])('%s', (name, known, expected) => {
    expect(nearestName(name.slice(0, 100_000), known)).toBe(expected);
  });

  test('without a near one the choice is shown while it is short', () => {
    expect(suggestion('lasso', ['knn', 'ridge'])).toBe('; known: knn, ridge');
    expect(suggestion('lasso', [])).toBe('');
    expect(
      suggestion(
        'zzz',
        Array.from({ length: 30 }, (_, i) => `name${i}`),
      ),
    ).toMatch(/name19, …$/);
  });
});
