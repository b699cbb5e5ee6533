import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NearestList } from '../../../src/trainers/neighbors/nearest-list.js';
import { nearestSearch } from '../../../src/trainers/neighbors/nearest-rows.js';

interface Table {
  readonly columns: number;
  readonly points: Float64Array;
  readonly query: Float64Array;
  readonly k: number;
}

function tableOf(value: fc.Arbitrary<number>): fc.Arbitrary<Table> {
  return fc.integer({ min: 1, max: 9 }).chain((columns) => {
    const row = fc.array(value, { minLength: columns, maxLength: columns });
    return fc
      .tuple(fc.array(row, { minLength: 1, maxLength: 120 }), row, fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([points, query, share]) => ({
        columns,
        points: Float64Array.from(points.flat()),
        query: Float64Array.from(query),
        k: Math.max(1, Math.round(share * points.length)),
      }));
  });
}

/** Rounded as the search rounds it, so that equal distances are equal in both. */
function powerOf(value: number, power: number): number {
  return power === 1 || power === 2 ? value ** power : Math.exp(power * Math.log(value));
}

/** Every distance, by row. */
function distancesOf({ columns, points, query }: Table, power: number): number[] {
  return Array.from({ length: points.length / columns }, (_, row) => {
    let sum = 0;
    for (let column = 0; column < columns; column++) {
      sum += powerOf(Math.abs(points[row * columns + column]! - query[column]!), power);
    }
    return sum;
  });
}

function search(table: Table, power: number): Int32Array {
  const nearest = new NearestList(table.k);
  const run = nearestSearch(power);
  // Twice: nothing of one query is left for the next.
  const points = { data: table.points, rows: table.points.length / table.columns, columns: table.columns };
  run(points, table.points, 0, nearest);
  run(points, table.query, 0, nearest);
  return nearest.rows.slice(0, table.k);
}

describe.each([1, 1.1, 1.5, 2, 2.5, 3, 7])('power %d', (power) => {
  test('the rows that sorting all distances gives, the earlier one first among equals', () => {
    fc.assert(
      fc.property(tableOf(fc.integer({ min: -3, max: 3 })), (table) => {
        const distances = distancesOf(table, power);
        const order = (a: number, b: number) => distances[a]! - distances[b]! || a - b;
        const sorted = [...distances.keys()].sort(order);
        expect([...search(table, power)].sort(order)).toEqual(sorted.slice(0, table.k));
      }),
      { numRuns: 300 },
    );
  });

  test('no farther than those, where powers vanish, overflow or round', () => {
    const value = fc.oneof(
      fc.constantFrom(0, 1e-170, 1e-100, 1e100, 0.1, 0.7),
      fc.double({ min: -9, max: 9, noNaN: true }),
    );
    fc.assert(
      fc.property(tableOf(value), (table) => {
        const distances = distancesOf(table, power);
        const nearest = [...distances].sort((a, b) => a - b).slice(0, table.k);
        const rows = search(table, power).sort((a, b) => distances[a]! - distances[b]!);
        expect(new Set(rows).size).toBe(table.k);
        for (const [i, row] of rows.entries()) {
          expect(distances[row] === nearest[i] || Math.abs(distances[row]! / nearest[i]! - 1) < 1e-9).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
