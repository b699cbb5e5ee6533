import type { Matrix } from '../../matrix.js';
import { NearestList } from './nearest-list.js';
import { squaresUpTo } from './nearest-rows.js';
import { createPointProducts, POINTS } from './point-products.js';

/** From so many columns on products are worth more than stopping early. */
export const LEAST_BLOCK_COLUMNS = 8;

/** Rounding of a product of so many columns, relative to the squared lengths, with room to spare. */
const ROUNDING = 1e-15;

/**
 * The k nearest rows of `points` by sums of squares for each query, as `nearestEuclidean` finds them: products of many
 * points with several queries, |x - q|^2 = |x|^2 - 2 x.q + |q|^2, tell which points can be near; sums of squares decide.
 * @param visit is called for each query in order; the list is reused.
 */
export function forEachNearest(
  points: Matrix,
  queries: Matrix,
  k: number,
  visit: (query: number, nearest: NearestList) => void,
): void {
  const { data } = queries;
  const { data: pointData, rows, columns } = points;
  const lengths = squaredLengths(pointData, rows, columns);
  const queryLengths = squaredLengths(data, queries.rows, columns);
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  const block = createPointProducts(columns, rows, queries.rows);
  const { stride, products } = block;
  const lists = Array.from({ length: Math.min(stride, queries.rows) }, () => new NearestList(k));
  for (let first = 0; first < queries.rows; first += stride) {
    const count = Math.min(stride, queries.rows - first);
    block.setQueries(data.subarray(first * columns, (first + count) * columns));
    for (const list of lists) list.clear();
    for (let start = 0; start < rows; start += POINTS) {
      const end = Math.min(rows, start + POINTS);
      block.multiply(pointData.subarray(start * columns, end * columns));
      for (let q = 0; q < count; q++) {
        const rounding = ROUNDING * columns * (longest + queryLengths[first + q]!);
        const shift = queryLengths[first + q]! - rounding;
        takeNear(
          lists[q]!,
          pointData,
          lengths,
          products,
          q,
          stride,
          shift,
          start,
          end,
          data,
          (first + q) * columns,
          columns,
        );
      }
    }
    for (let q = 0; q < count; q++) {
      lists[q]!.finish();
      visit(first + q, lists[q]!);
    }
  }
}

/** Adds those of the points start … end - 1 that are no farther than the bound of the list. */
function takeNear(
  list: NearestList,
  points: Float64Array,
  lengths: Float64Array,
  products: Float64Array,
  query: number,
  stride: number,
  shift: number,
  start: number,
  end: number,
  queries: Float64Array,
  offset: number,
  columns: number,
): void {
  let limit = list.bound - shift;
  for (let row = start, at = query; row < end; row++, at += stride) {
    // Also where it is not a number, of values too large to square.
    if (lengths[row]! - 2 * products[at]! > limit) continue;
    const sum = squaresUpTo(list.bound, points, row * columns, queries, offset, columns);
    if (sum > list.bound) continue;
    list.add(sum, row);
    limit = list.bound - shift;
  }
}

function squaredLengths(data: Float64Array, rows: number, columns: number): Float64Array {
  const lengths = new Float64Array(rows);
  for (let row = 0, at = 0; row < rows; row++) {
    let sum = 0;
    for (let column = 0; column < columns; column++, at++) sum += data[at]! * data[at]!;
    lengths[row] = sum;
  }
  return lengths;
}
