import type { Matrix } from '../../matrix.js';
import { NearestList } from './nearest-list.js';

/**
 * Finds the k rows of `points` (k <= rows) nearest to the query that starts at `offset`, and leaves them in the list.
 * Distances are sums over columns: of |difference|^power, not rooted.
 */
export type NearestSearch = (points: Matrix, queries: Float64Array, offset: number, nearest: NearestList) => void;

/** Columns summed between two looks at the bound. */
const CHUNK = 8;

/** Sums of squares; stops summing a row once it is farther than the k-th nearest. */
export const nearestEuclidean: NearestSearch = ({ data: points, rows, columns }, queries, offset, nearest) => {
  nearest.clear();
  for (let row = 0; row < rows; row++) {
    const sum = squaresUpTo(nearest.bound, points, row * columns, queries, offset, columns);
    if (sum <= nearest.bound) nearest.add(sum, row);
  }
  nearest.finish();
};

/** The sum of squares, or a part of it that is above the bound. */
export function squaresUpTo(
  bound: number,
  points: Float64Array,
  start: number,
  queries: Float64Array,
  offset: number,
  columns: number,
): number {
  const end = start + columns;
  const chunked = end - CHUNK;
  let sum = 0;
  let p = start;
  let q = offset;
  while (p <= chunked) {
    const a = points[p]! - queries[q]!;
    const b = points[p + 1]! - queries[q + 1]!;
    const c = points[p + 2]! - queries[q + 2]!;
    const d = points[p + 3]! - queries[q + 3]!;
    const e = points[p + 4]! - queries[q + 4]!;
    const f = points[p + 5]! - queries[q + 5]!;
    const g = points[p + 6]! - queries[q + 6]!;
    const h = points[p + 7]! - queries[q + 7]!;
    sum += a * a + b * b + (c * c + d * d) + (e * e + f * f + (g * g + h * h));
    if (sum > bound) return sum;
    p += CHUNK;
    q += CHUNK;
  }
  for (; p < end; p++, q++) {
    const difference = points[p]! - queries[q]!;
    sum += difference * difference;
  }
  return sum;
}

/** Sums of absolute differences. */
export const nearestManhattan: NearestSearch = ({ data: points, rows, columns }, queries, offset, nearest) => {
  nearest.clear();
  for (let row = 0, start = 0; row < rows; row++, start += columns) {
    const { bound } = nearest;
    const end = start + columns;
    const chunked = end - CHUNK;
    let sum = 0;
    let p = start;
    let q = offset;
    while (p <= chunked) {
      const a = Math.abs(points[p]! - queries[q]!) + Math.abs(points[p + 1]! - queries[q + 1]!);
      const b = Math.abs(points[p + 2]! - queries[q + 2]!) + Math.abs(points[p + 3]! - queries[q + 3]!);
      const c = Math.abs(points[p + 4]! - queries[q + 4]!) + Math.abs(points[p + 5]! - queries[q + 5]!);
      const d = Math.abs(points[p + 6]! - queries[q + 6]!) + Math.abs(points[p + 7]! - queries[q + 7]!);
      sum += a + b + (c + d);
      if (sum > bound) break;
      p += CHUNK;
      q += CHUNK;
    }
    if (sum > bound) continue;
    for (; p < end; p++, q++) sum += Math.abs(points[p]! - queries[q]!);
    if (sum <= bound) nearest.add(sum, row);
  }
  nearest.finish();
};

/** Room for rounding in a bound that a sum of squares is compared with. */
const SLACK = 1 + 1e-9;

/**
 * The sum of squares from which on a sum of powers over as many columns is above `bound`: |d|_p >= |d|_2 for p < 2, and
 * the means of powers grow with the power for p > 2.
 */
function squaresBeyond(bound: number, power: number, columns: number): number {
  // So near to nothing, or so far, that rounding has taken over.
  if (bound < 1e-290 || bound === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  const squares = power < 2 ? bound ** (2 / power) : columns * (bound / columns) ** (2 / power);
  return squares * SLACK;
}

function sumOfPowers(
  points: Float64Array,
  start: number,
  queries: Float64Array,
  offset: number,
  columns: number,
  power: number,
): number {
  let sum = 0;
  for (let column = 0; column < columns; column++) {
    // Half the price of `**`; the logarithm of 0 gives 0 again.
    sum += Math.exp(power * Math.log(Math.abs(points[start + column]! - queries[offset + column]!)));
  }
  return sum;
}

/**
 * Sums of powers. A power is some ten times as dear as a square: the nearest rows by squares give a first list, and
 * only those of the others are looked at whose squares do not put them beyond its last.
 */
export function nearestMinkowski(power: number): NearestSearch {
  let squares = new Float64Array(0);
  let bySquares: NearestList | undefined;
  return ({ data: points, rows, columns }, queries, offset, nearest) => {
    if (squares.length !== rows) squares = new Float64Array(rows);
    if (bySquares?.k !== nearest.k) bySquares = new NearestList(nearest.k);
    bySquares.clear();
    for (let row = 0; row < rows; row++) {
      const sum = squaresUpTo(bySquares.bound, points, row * columns, queries, offset, columns);
      squares[row] = sum;
      if (sum <= bySquares.bound) bySquares.add(sum, row);
    }
    bySquares.finish();
    nearest.clear();
    for (let i = 0; i < nearest.k; i++) {
      const row = bySquares.rows[i]!;
      squares[row] = Number.NaN;
      nearest.add(sumOfPowers(points, row * columns, queries, offset, columns, power), row);
    }
    nearest.finish();
    let bound = nearest.bound;
    let beyond = squaresBeyond(bound, power, columns);
    for (let row = 0; row < rows; row++) {
      // Also where it is not a number: in the list already.
      if (!(squares[row]! <= beyond)) continue;
      const sum = sumOfPowers(points, row * columns, queries, offset, columns, power);
      if (sum > bound) continue;
      nearest.add(sum, row);
      if (nearest.bound < bound) {
        bound = nearest.bound;
        beyond = squaresBeyond(bound, power, columns);
      }
    }
    nearest.finish();
  };
}

/** The search for Minkowski distance of this power. @param power >= 1. */
export function nearestSearch(power: number): NearestSearch {
  if (power === 2) return nearestEuclidean;
  return power === 1 ? nearestManhattan : nearestMinkowski(power);
}
