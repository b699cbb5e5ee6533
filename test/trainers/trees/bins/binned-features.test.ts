import { describe, expect, test } from 'vitest';
import { binMatrix, cellFinder } from '../../../../src/trainers/trees/bins/binned-features.js';
import { NATIVE_ENCODING, treeFeatures } from '../../../../src/trainers/trees/bins/tree-features.js';

const all = (rows: number) => Int32Array.from({ length: rows }, (_, row) => row);

describe('treeFeatures', () => {
  const values = Float64Array.of(1, 1, 1, 2, 3, 10, Number.NaN, 50);
  const binned = binMatrix({ data: values, rows: 8, columns: 1 }, ['n']);
  const finder = cellFinder(binned.columns[0]!);
  const codeOf = (value: number) => finder.cell(value);
  const imputed = (impute: 'none' | 'mean' | 'median' | 'most_frequent', rows = all(7)) => {
    return treeFeatures(binned, rows, { ...NATIVE_ENCODING, impute })[0]!.imputed;
  };

  test('a missing value stands for itself, or for a statistic of the rows of the fold', () => {
    expect(imputed('none')).toBe(codeOf(Number.NaN));
    expect(imputed('median', Int32Array.of(0, 3, 4, 5, 6))).toBe(codeOf(2));
    expect(imputed('most_frequent')).toBe(codeOf(1));
    // The mean of 1, 1, 1, 2, 3, 10 is 3.
    expect(imputed('mean')).toBe(codeOf(3));
  });

  test('a fold without any value imputes some value', () => {
    expect(imputed('median', Int32Array.of(6))).toBeLessThan(binned.columns[0]!.binCount);
  });
});
