import { expect, test } from 'vitest';
import { Sigmoids } from '../../../src/trainers/linear/sigmoids.js';

test('exp(-|x|) is that of the runtime to two units in the last place, and so is what follows from it', () => {
  const numbers = Float64Array.from({ length: 20_001 }, (_, i) => (i - 10_000) / 14.1244);
  numbers.set([0, -0, 1e-300, Math.LN2 / 2, -Math.LN2 / 2, Number.MIN_VALUE]);
  const values = new Float64Array(numbers.length);
  const sigmoids = new Float64Array(numbers.length);
  new Sigmoids().fill(numbers, numbers.length, values, sigmoids);
  let worst = 0;
  numbers.forEach((number, i) => {
    const expected = Math.exp(-Math.abs(number));
    worst = Math.max(worst, Math.abs(values[i]! - expected) / expected);
    expect(sigmoids[i]).toBeCloseTo(1 / (1 + Math.exp(-number)), 15);
  });
  expect(values[0]).toBe(1);
  expect(worst).toBeLessThan(2 * Number.EPSILON);
});

test('beyond the least normal number it stays positive; what is no number does not stop it', () => {
  const values = new Float64Array(4);
  const sigmoids = new Float64Array(4);
  const numbers = Float64Array.of(-1e3, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN);
  new Sigmoids().fill(numbers, 4, values, sigmoids);
  expect([...sigmoids.subarray(1)].map((value) => Math.round(value))).toEqual([1, 0, 0]);
  for (const value of values) {
    expect(value).toBeGreaterThan(0);
    expect(value).toBeLessThan(1e-307);
  }
});
