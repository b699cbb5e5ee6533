import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { couplePairs } from '../../../src/trainers/svm/couple-pairs.js';
import { fitSigmoid, sigmoidProbability } from '../../../src/trainers/svm/platt.js';

interface Reference {
  readonly sigmoid: {
    readonly values: readonly number[];
    readonly positive: readonly number[];
    readonly slope: number;
    readonly intercept: number;
  };
  readonly coupling: { readonly pairs: readonly number[]; readonly probabilities: readonly number[] };
}
const { sigmoid, coupling } = JSON.parse(
  readFileSync(new URL('reference/svm.json', import.meta.url), 'utf8'),
) as Reference;

test("the sigmoid is that of scikit-learn's calibration", () => {
  const fitted = fitSigmoid(Float64Array.from(sigmoid.values), Uint8Array.from(sigmoid.positive));
  expect(fitted.slope).toBeCloseTo(sigmoid.slope, 4);
  expect(fitted.intercept).toBeCloseTo(sigmoid.intercept, 4);
});

test('a sigmoid stays finite for separated, equal, single and huge values', () => {
  for (const values of [
    [-1, -1, 1, 1],
    [0, 0, 0, 0],
    [-1e100, 1e100, 3, 4],
    [-1e-300, 1e-300, 0, 0],
  ]) {
    const fitted = fitSigmoid(Float64Array.from(values), Uint8Array.of(0, 0, 1, 1));
    for (const value of [...values, 1e6]) {
      const probability = sigmoidProbability(fitted, value);
      expect(probability).toBeGreaterThanOrEqual(0);
      expect(probability).toBeLessThanOrEqual(1);
    }
  }
  const single = fitSigmoid(Float64Array.of(2), Uint8Array.of(1));
  expect(sigmoidProbability(single, 2)).toBeGreaterThan(0.5);
});

test('coupled pairs minimise what the method says', () => {
  const classes = coupling.probabilities.length;
  const out = new Float64Array(classes);
  couplePairs(coupling.pairs, classes, out);
  // LIBSVM's stopping rule leaves the third digit open.
  coupling.probabilities.forEach((probability, k) => {
    expect(out[k]).toBeCloseTo(probability, 2);
  });
  expect(out.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 12);
});
