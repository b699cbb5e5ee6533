import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Matrix } from '../../../src/matrix.js';
import { forEachNearest } from '../../../src/trainers/neighbors/euclidean-blocks.js';
import { NearestList } from '../../../src/trainers/neighbors/nearest-list.js';
import { nearestEuclidean } from '../../../src/trainers/neighbors/nearest-rows.js';

function matrixOf(rows: readonly (readonly number[])[]): Matrix {
  return { data: Float64Array.from(rows.flat()), rows: rows.length, columns: rows[0]!.length };
}

/** Rows with their distances, by distance and row. */
function pairs({ distances, rows, k }: NearestList): (readonly [number, number])[] {
  const found = Array.from({ length: k }, (_, i) => [distances[i]!, rows[i]!] as const);
  return found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

test.each([
  ['ties', fc.integer({ min: -2, max: 2 })],
  ['numbers far from 0', fc.double({ min: 1e8, max: 1e8 + 1, noNaN: true })],
  [
    'numbers of every size',
    fc.oneof(fc.constantFrom(0, 1e-170, 1e160, -1e200), fc.double({ min: -9, max: 9, noNaN: true })),
  ],
])('finds what sums of squares alone find: %s', (_, value) => {
  const table = fc.integer({ min: 1, max: 21 }).chain((columns) => {
    const row = fc.array(value, { minLength: columns, maxLength: columns });
    // More points than one block has, now and then.
    const points = fc
      .array(row, { minLength: 1, maxLength: 40 })
      .chain((rows) =>
        fc.integer({ min: 1, max: 9 }).map((copies) => Array.from({ length: copies }, () => rows).flat()),
      );
    return fc.tuple(points, fc.array(row, { minLength: 1, maxLength: 19 }), fc.double({ min: 0, max: 1, noNaN: true }));
  });
  fc.assert(
    fc.property(table, ([pointRows, queryRows, share]) => {
      const points = matrixOf(pointRows);
      const queries = matrixOf(queryRows);
      const k = Math.max(1, Math.round(share * points.rows));
      const alone = new NearestList(k);
      let visited = 0;
      forEachNearest(points, queries, k, (query, nearest) => {
        expect(query).toBe(visited++);
        nearestEuclidean(points, queries.data, query * queries.columns, alone);
        expect(pairs(nearest)).toEqual(pairs(alone));
      });
      expect(visited).toBe(queries.rows);
    }),
    { numRuns: 200 },
  );
});
