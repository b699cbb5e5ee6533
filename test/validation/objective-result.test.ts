import { describe, expect, test } from 'vitest';
import { readObjectiveResult, reasonOf } from '../../src/validation/objective-result.js';

describe('what an objective returned', () => {
  test('is a number, or numbers by name; those that nobody asked for are left out', () => {
    expect(readObjectiveResult(0.5, ['loss'])).toEqual({ loss: 0.5 });
    expect(readObjectiveResult({ size: 3, loss: -1, seconds: 9 }, ['loss', 'size'])).toEqual({ loss: -1, size: 3 });
  });

  test.each([
    [Number.NaN, 'loss must be a finite number, got NaN'],
    [{ loss: Number.POSITIVE_INFINITY, size: 1 }, 'loss must be a finite number, got Infinity'],
    [{ loss: 1, size: '3' }, "size must be a finite number, got '3'"],
    [{ loss: null, size: 1 }, 'loss must be a finite number, got null'],
    [1, 'size is missing from what the objective returned; got one number'],
    [{ size: 1 }, 'loss is missing from what the objective returned; got size'],
    [{ los: 1, size: 1 }, "loss is missing from what the objective returned; got los, size (did you mean 'los'?)"],
    [undefined, 'the objective must return a number or an object of numbers, got undefined'],
    [null, 'the objective must return a number or an object of numbers, got null'],
    ['0.5', "the objective must return a number or an object of numbers, got '0.5'"],
    [1n, 'the objective must return a number or an object of numbers, got 1n'],
  ])('%o is no result', (returned, reason) => {
    expect(readObjectiveResult(returned, ['loss', 'size'])).toBe(reason);
  });

  test('a list names the way out', () => {
    expect(readObjectiveResult([1, 2], ['loss'])).toMatch(/^several objectives are not supported: .*objective\.also/);
  });

  test('names of the prototype are no metrics', () => {
    expect(readObjectiveResult({}, ['constructor'])).toBe(
      'constructor is missing from what the objective returned; got an empty object',
    );
  });
});

test.each([
  [new Error('no memory'), 'no memory'],
  [new RangeError(), 'RangeError'],
  ['diverged', 'diverged'],
  [{ message: 'from elsewhere' }, 'from elsewhere'],
  ['', "threw '' (throw an Error with a message)"],
  [{ code: 7 }, 'threw { code: 7 } (throw an Error with a message)'],
  [null, 'threw null (throw an Error with a message)'],
  [undefined, 'threw undefined (throw an Error with a message)'],
  [42, 'threw 42 (throw an Error with a message)'],
  [Symbol('odd'), 'threw Symbol(odd) (throw an Error with a message)'],
])('the reason of %o', (thrown, reason) => {
  expect(reasonOf(thrown)).toBe(reason);
});

test('a reason has at most 1,000 characters', () => {
  expect(reasonOf(new Error('x'.repeat(5000)))).toHaveLength(1000);
});
