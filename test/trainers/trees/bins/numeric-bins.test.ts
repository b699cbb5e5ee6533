import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BinFinder, MAXIMUM_BINS, numericBins } from '../../../../src/trainers/trees/bins/numeric-bins.js';

const values = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 600 });

describe('numericBins', () => {
  test('up to 255 distinct values get a bin each, with edges half-way', () => {
    const { thresholds, centers } = numericBins(Float64Array.of(1, 1, 2, 4, 4, 9));
    expect([...centers]).toEqual([1, 2, 4, 9]);
    expect([...thresholds]).toEqual([1.5, 3, 6.5]);
  });

  test('more distinct values fill 255 bins evenly', () => {
    const { thresholds, centers } = numericBins(Float64Array.from({ length: 2550 }, (_, i) => i));
    expect(centers).toHaveLength(MAXIMUM_BINS);
    expect([...thresholds].slice(0, 3)).toEqual([9.5, 19.5, 29.5]);
    expect(centers[0]).toBe(4.5);
  });

  test('a value that fills most of a column has a bin of its own, and the others still fill the rest', () => {
    const sorted = Float64Array.from([...Array(5000).fill(0), ...Array.from({ length: 1000 }, (_, i) => i + 1)]);
    const { thresholds, centers } = numericBins(sorted);
    expect(centers).toHaveLength(MAXIMUM_BINS);
    expect(thresholds[0]).toBe(0.5);
  });

  test('bins keep the order of any values, edges separate them, centers lie within', () => {
    fc.assert(
      fc.property(values, (list) => {
        const sorted = Float64Array.from(list, (value) => value + 0).sort();
        const { thresholds, centers } = numericBins(sorted, 16);
        expect(centers.length).toBeLessThanOrEqual(16);
        expect(thresholds).toHaveLength(centers.length - 1);
        const finder = new BinFinder(thresholds);
        let last = 0;
        for (const value of sorted) {
          const bin = finder.cell(value);
          expect(bin === last || bin === last + 1).toBe(true);
          last = bin;
        }
        if (sorted.length > 0) expect(last).toBe(centers.length - 1);
        for (const [bin, center] of centers.entries()) expect(finder.cell(center)).toBe(bin);
      }),
      { numRuns: 200 },
    );
  });

  test('a finder gives what comparing with every threshold gives, however numbers are spread', () => {
    const numbers = fc.oneof(
      fc.double({ noNaN: true }),
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.constantFrom(0, -0, Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, 1, 1 + Number.EPSILON, 1e-300),
    );
    const lists = fc.array(numbers, { maxLength: 300 });
    fc.assert(
      fc.property(lists, lists, (edges, others) => {
        const finite = edges.filter((edge) => Number.isFinite(edge));
        const thresholds = Float64Array.from(new Set(finite.map((edge) => edge + 0)))
          .sort()
          .subarray(0, 254);
        const finder = new BinFinder(thresholds);
        for (const value of [...edges, ...others, Infinity, -Infinity]) {
          expect(finder.cell(value)).toBe(thresholds.filter((threshold) => value > threshold).length);
        }
        expect(finder.cell(Number.NaN)).toBe(thresholds.length + 1);
      }),
      { numRuns: 300 },
    );
  });
});
