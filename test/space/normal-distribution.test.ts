import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createCodec } from '../../src/space/create-codec.js';
import { normalCdf, normalQuantile } from '../../src/space/normal-distribution.js';

interface Reference {
  readonly cdf: readonly (readonly [number, number])[];
  readonly quantile: readonly (readonly [number, number])[];
  readonly truncated: readonly {
    readonly mean: number;
    readonly std: number;
    readonly min: number;
    readonly max: number;
    readonly values: readonly (readonly [number, number])[];
  }[];
}

const reference: Reference = JSON.parse(readFileSync(`${import.meta.dirname}/reference/normal.json`, 'utf8'));

function expectClose(actual: number, expected: number, relative: number): void {
  expect(Math.abs(actual - expected), `${actual} against ${expected}`).toBeLessThanOrEqual(
    relative * Math.max(Math.abs(expected), 1e-300),
  );
}

describe('against scipy', () => {
  test.each(reference.cdf)('distribution function at %f', (x, expected) => {
    expectClose(normalCdf(x), expected, 1e-11);
  });

  test.each(reference.quantile)('quantile of %f', (probability, expected) => {
    expect(normalQuantile(probability)).toBeCloseTo(expected, 12);
  });

  test.each(reference.truncated)('truncated normal %o', ({ values, ...domain }) => {
    const codec = createCodec({ kind: 'normal', log: false, ...domain });
    for (const [unit, expected] of values) {
      expectClose(codec.decode(unit) as number, expected, 1e-9);
      expect(codec.encode(expected)).toBeCloseTo(unit, 8);
    }
  });
});

test('the ends of the unit interval stay finite', () => {
  expect([normalQuantile(0), normalQuantile(1)]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  const codec = createCodec({ kind: 'normal', mean: 5, std: 2, log: false });
  expect(codec.decode(0)).toBeGreaterThan(-20);
  expect(codec.decode(0)).toBeLessThan(-10);
  expect(codec.decode(1)).toBeLessThan(30);
  expect(codec.decode(1)).toBeGreaterThan(20);
});

test('bounds beyond all probability leave their end nearest to the mean', () => {
  const above = createCodec({ kind: 'normal', mean: 0, std: 1, log: false, min: 50, max: 60 });
  expect(above.decode(0.3)).toBe(50);
  expect(above.encode(50)).toBe(0.5);
  expect(createCodec({ kind: 'normal', mean: 0, std: 1, log: false, min: -60, max: -50 }).decode(0.3)).toBe(-50);
});

test('with log, the logarithm is normal and the bounds are values', () => {
  const codec = createCodec({ kind: 'normal', mean: 1, std: 0.5, log: true });
  expect(codec.decode(0.5)).toBeCloseTo(Math.E, 12);
  // norm.ppf(0.9) = 1.2815515655446004
  expect(codec.decode(0.9)).toBeCloseTo(Math.exp(1 + 0.5 * 1.2815515655446004), 10);
  const bounded = createCodec({ kind: 'normal', mean: 1, std: 0.5, log: true, min: 2, max: 4 });
  expect(bounded.decode(0)).toBeCloseTo(2, 12);
  expect(bounded.decode(1)).toBeCloseTo(4, 12);
});
