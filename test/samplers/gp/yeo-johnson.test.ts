import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fitExponent, logJacobian, yeoJohnson } from '../../../src/samplers/gp/yeo-johnson.js';

const reference = JSON.parse(readFileSync(new URL('./reference/yeo-johnson.json', import.meta.url), 'utf8')) as {
  made_with: string;
  values: number[];
  transformed: { exponent: number; values: number[] }[];
  samples: { values: number[]; exponent: number }[];
};

describe(`against ${reference.made_with}`, () => {
  test.each(reference.transformed)('exponent $exponent', ({ exponent, values }) => {
    for (const [i, value] of reference.values.entries()) {
      const scale = Math.max(1, Math.abs(values[i]!));
      expect(yeoJohnson(value, exponent) / scale).toBeCloseTo(values[i]! / scale, 11);
    }
  });

  test.each(reference.samples)('fitted exponent $exponent', ({ values, exponent }) => {
    expect(fitExponent(Float64Array.from(values))).toBeCloseTo(exponent, 4);
  });
});

test('the Jacobian is the sum of the logarithms of finite differences', () => {
  const values = Float64Array.of(-3, -0.4, 0.2, 5);
  const slopes = values.map((value) => (yeoJohnson(value + 1e-6, 0.3) - yeoJohnson(value - 1e-6, 0.3)) / 2e-6);
  const sum = slopes.reduce((total, slope) => total + Math.log(slope), 0);
  expect(logJacobian(values, 0.3)).toBeCloseTo(sum, 6);
});
