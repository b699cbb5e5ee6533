/** The k nearest rows of a set found for one query: sorted by distance, the lower row first among equals. */
export interface Nearest {
  /** Length k, in the measure of the search that filled it. */
  readonly distances: Float64Array;
  /** Length k. */
  readonly rows: Int32Array;
}

/**
 * Finds the k rows of `points` (rows x columns, row-major, k <= rows) nearest to the query that starts at `offset`.
 * Distances are sums over columns: of |difference|^power, not rooted.
 */
export type NearestSearch = (
  points: Float64Array,
  columns: number,
  queries: Float64Array,
  offset: number,
  nearest: Nearest,
) => void;

/** Columns summed between two looks at the bound. */
const CHUNK = 8;

/** Puts a row in its place; the caller knows it to be nearer than the last one. */
function insert(nearest: Nearest, distance: number, row: number, filled: number): void {
  const { distances, rows } = nearest;
  let at = filled;
  while (at > 0 && distances[at - 1]! > distance) {
    distances[at] = distances[at - 1]!;
    rows[at] = rows[at - 1]!;
    at--;
  }
  distances[at] = distance;
  rows[at] = row;
}

/** Sums of squares; stops summing a row once it is farther than the k-th nearest. */
export const nearestEuclidean: NearestSearch = (points, columns, queries, offset, nearest) => {
  const { distances } = nearest;
  const last = distances.length - 1;
  const rows = points.length / columns;
  let bound = Number.POSITIVE_INFINITY;
  for (let row = 0, start = 0; row < rows; row++, start += columns) {
    let sum = 0;
    let p = start;
    let q = offset;
    const end = start + columns;
    const chunked = end - CHUNK;
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
      p += CHUNK;
      q += CHUNK;
      if (sum >= bound) break;
    }
    if (sum >= bound) continue;
    for (; p < end; p++, q++) {
      const difference = points[p]! - queries[q]!;
      sum += difference * difference;
    }
    if (row <= last) insert(nearest, sum, row, row);
    else if (sum < bound) insert(nearest, sum, row, last);
    if (row >= last) bound = distances[last]!;
  }
};

/** Sums of absolute differences. */
export const nearestManhattan: NearestSearch = (points, columns, queries, offset, nearest) => {
  const { distances } = nearest;
  const last = distances.length - 1;
  const rows = points.length / columns;
  let bound = Number.POSITIVE_INFINITY;
  for (let row = 0, start = 0; row < rows; row++, start += columns) {
    let sum = 0;
    let p = start;
    let q = offset;
    const end = start + columns;
    const chunked = end - CHUNK;
    while (p <= chunked) {
      const a = Math.abs(points[p]! - queries[q]!) + Math.abs(points[p + 1]! - queries[q + 1]!);
      const b = Math.abs(points[p + 2]! - queries[q + 2]!) + Math.abs(points[p + 3]! - queries[q + 3]!);
      const c = Math.abs(points[p + 4]! - queries[q + 4]!) + Math.abs(points[p + 5]! - queries[q + 5]!);
      const d = Math.abs(points[p + 6]! - queries[q + 6]!) + Math.abs(points[p + 7]! - queries[q + 7]!);
      sum += a + b + (c + d);
      p += CHUNK;
      q += CHUNK;
      if (sum >= bound) break;
    }
    if (sum >= bound) continue;
    for (; p < end; p++, q++) sum += Math.abs(points[p]! - queries[q]!);
    if (row <= last) insert(nearest, sum, row, row);
    else if (sum < bound) insert(nearest, sum, row, last);
    if (row >= last) bound = distances[last]!;
  }
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

/** As `insert` into a full list whose last entry goes, where rows do not come in their order. */
function insertInOrder(nearest: Nearest, distance: number, row: number, filled: number): void {
  const { distances, rows } = nearest;
  let at = filled;
  while (at > 0 && (distances[at - 1]! > distance || (distances[at - 1] === distance && rows[at - 1]! > row))) {
    distances[at] = distances[at - 1]!;
    rows[at] = rows[at - 1]!;
    at--;
  }
  distances[at] = distance;
  rows[at] = row;
}

/**
 * Sums of powers. A power is some ten times as dear as a square: the nearest rows by squares give a first list, and
 * only those of the others are looked at whose squares do not put them beyond its last.
 */
export function nearestMinkowski(power: number): NearestSearch {
  let listed = new Uint8Array(0);
  let first = new Int32Array(0);
  return (points, columns, queries, offset, nearest) => {
    const { distances } = nearest;
    const last = distances.length - 1;
    const rows = points.length / columns;
    if (listed.length !== rows) listed = new Uint8Array(rows);
    if (first.length !== distances.length) first = new Int32Array(distances.length);
    nearestEuclidean(points, columns, queries, offset, nearest);
    first.set(nearest.rows);
    for (let i = 0; i < first.length; i++) {
      const row = first[i]!;
      listed[row] = 1;
      insertInOrder(nearest, sumOfPowers(points, row * columns, queries, offset, columns, power), row, i);
    }
    let bound = distances[last]!;
    let beyond = squaresBeyond(bound, power, columns);
    for (let row = 0, start = 0; row < rows; row++, start += columns) {
      let squares = 0;
      for (let column = 0; column < columns; column++) {
        const difference = points[start + column]! - queries[offset + column]!;
        squares += difference * difference;
      }
      if (squares > beyond || listed[row] === 1) continue;
      const sum = sumOfPowers(points, start, queries, offset, columns, power);
      if (sum > bound || (sum === bound && row > nearest.rows[last]!)) continue;
      insertInOrder(nearest, sum, row, last);
      if (distances[last]! < bound) {
        bound = distances[last]!;
        beyond = squaresBeyond(bound, power, columns);
      }
    }
    for (const row of first) listed[row] = 0;
  };
}

/** The search for Minkowski distance of this power. @param power >= 1. */
export function nearestSearch(power: number): NearestSearch {
  if (power === 2) return nearestEuclidean;
  return power === 1 ? nearestManhattan : nearestMinkowski(power);
}
