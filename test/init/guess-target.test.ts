import { describe, expect, test } from 'vitest';
import { guessTarget } from '../../src/init/guess-target.js';
import { numbers, table, texts } from './table.js';

const x = numbers('x', [1, 2, 3]);

describe('guessTarget', () => {
  test('knows usual names, in any case and place', () => {
    expect(guessTarget(table(numbers('Status', [0, 1, 0]), x, texts('home', ['a', 'b', 'c'])))).toEqual({
      name: 'Status',
      reason: 'by its name',
    });
    expect(guessTarget(table(numbers('y', [1, 2, 3]), x, numbers('target', [1, 0, 1]))).name).toBe('target');
  });

  test('takes the only column of texts', () => {
    expect(guessTarget(table(texts('letter', ['T', 'I', 'D']), x, numbers('z', [3, 4, 5])))).toEqual({
      name: 'letter',
      reason: 'the only column of texts',
    });
  });

  test('takes the last column else, but none that has one value', () => {
    const two = [texts('a', ['p', 'q', 'p']), texts('b', ['p', 'q', 'p'])];
    expect(guessTarget(table(...two, x)).name).toBe('x');
    expect(guessTarget(table(...two, x, numbers('constant', [7, 7, Number.NaN]))).name).toBe('x');
    expect(guessTarget(table(numbers('target', [1, 1, 1]), x)).name).toBe('x');
  });
});
