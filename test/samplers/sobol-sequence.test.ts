import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { directionNumbers, MAX_SOBOL_DIMENSIONS } from '../../src/samplers/sobol-direction-numbers.js';
import { SobolSequence } from '../../src/samplers/sobol-sequence.js';

interface Reference {
  readonly dimensions: number;
  readonly rows: readonly number[];
  readonly points: readonly (readonly number[])[];
}

const reference: Reference = JSON.parse(readFileSync(`${import.meta.dirname}/reference/sobol.json`, 'utf8'));

function points(sequence: SobolSequence, count: number, start = 0): Float64Array[] {
  return Array.from({ length: count }, (_, i) => {
    const point = new Float64Array(sequence.dimensions);
    sequence.point(start + i, point);
    return point;
  });
}

describe('the plain sequence', () => {
  test('begins with the points published by Joe and Kuo for three dimensions', () => {
    expect(points(new SobolSequence(3, undefined), 10).map((point) => [...point])).toEqual([
      [0, 0, 0],
      [0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25],
      [0.25, 0.75, 0.75],
      [0.375, 0.375, 0.625],
      [0.875, 0.875, 0.125],
      [0.625, 0.125, 0.875],
      [0.125, 0.625, 0.375],
      [0.1875, 0.3125, 0.9375],
      [0.6875, 0.8125, 0.4375],
    ]);
  });

  test('agrees with scipy in all dimensions', () => {
    const sequence = new SobolSequence(reference.dimensions, undefined);
    expect(reference.dimensions).toBe(MAX_SOBOL_DIMENSIONS);
    for (const [i, row] of reference.rows.entries()) {
      const point = new Float64Array(reference.dimensions);
      sequence.point(row, point);
      expect(Array.from(point, (coordinate) => coordinate * 2 ** 30)).toEqual(reference.points[i]);
    }
  });

  test('has points up to index 2^32 - 1', () => {
    const [last] = points(new SobolSequence(2, undefined), 1, 2 ** 32 - 1);
    // Gray code of 2^32 - 1 is 2^31: the last direction number alone, the smallest step in the first dimension.
    expect(last?.[0]).toBe(2 ** -32);
  });
});

describe('the table of direction numbers', () => {
  test('keeps the rules of Joe and Kuo: m_k odd and below 2^k, as many as the degree', () => {
    const table = directionNumbers(MAX_SOBOL_DIMENSIONS);
    expect(table).toHaveLength(MAX_SOBOL_DIMENSIONS - 1);
    for (const { degree, coefficients, initial } of table) {
      expect(initial).toHaveLength(degree);
      expect(coefficients).toBeLessThan(2 ** (degree - 1));
      expect(initial.filter((m, k) => m % 2 === 0 || m >= 2 ** (k + 1))).toEqual([]);
    }
  });
});

describe('the scrambled sequence', () => {
  test('puts one of any aligned 2^k points into each interval of length 2^-k, in every dimension', () => {
    const sequence = new SobolSequence(MAX_SOBOL_DIMENSIONS, 5);
    for (const start of [0, 128, 4096]) {
      const block = points(sequence, 128, start);
      for (let dimension = 0; dimension < sequence.dimensions; dimension++) {
        const cells = new Set(block.map((point) => Math.floor(point[dimension]! * 128)));
        expect(cells.size, `dimension ${dimension}`).toBe(128);
      }
    }
  });

  test('is a (0, m, 2)-net in its first two dimensions: one point in each elementary interval of any shape', () => {
    const block = points(new SobolSequence(2, 11), 64);
    for (let bits = 0; bits <= 6; bits++) {
      const cells = new Set(
        block.map((point) => `${Math.floor(point[0]! * 2 ** bits)} ${Math.floor(point[1]! * 2 ** (6 - bits))}`),
      );
      expect(cells.size).toBe(64);
    }
  });

  test('differs between seeds, and not between sequences of one seed', () => {
    const first = points(new SobolSequence(4, 1), 8);
    expect(points(new SobolSequence(4, 1), 8)).toEqual(first);
    expect(points(new SobolSequence(4, 2), 8)).not.toEqual(first);
    // A dimension is scrambled by itself: more of them do not change the first.
    expect(points(new SobolSequence(9, 1), 8).map((point) => point[3])).toEqual(first.map((point) => point[3]));
  });

  test('integrates a smooth function far better than random points would', () => {
    // The integral of prod(1 + (x_j - 1/2)) over the cube is 1; 1,024 random points err by about 0.02 (5 dimensions).
    const block = points(new SobolSequence(5, 3), 1024);
    const mean = block.reduce((sum, point) => sum + point.reduce((product, x) => product * (x + 0.5), 1), 0) / 1024;
    expect(Math.abs(mean - 1)).toBeLessThan(0.002);
  });
});
