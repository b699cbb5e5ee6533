import type { Dataset } from '../data/dataset.js';

/** The column named by `evaluation.cv.column`, a number a row: whoever divides rows by it has loaded it. */
export function orderColumn(dataset: Dataset): Float64Array {
  if (dataset.order === undefined) throw new Error('the data were loaded without the column that orders them');
  return dataset.order;
}

/** The rows by ascending order value; rows of equal value by row number. */
export function sortByOrder(rows: Int32Array, order: Float64Array): Int32Array {
  return rows.slice().sort((a, b) => order[a]! - order[b]! || a - b);
}

/** The first cut at or after `cut` that does not part rows of equal order value. @param sorted from `sortByOrder`. */
export function cutBetweenTies(sorted: Int32Array, order: Float64Array, cut: number): number {
  let moved = cut;
  while (moved > 0 && moved < sorted.length && order[sorted[moved]!] === order[sorted[moved - 1]!]) moved++;
  return moved;
}
