import type { Matrix } from '../trainer.js';

/** The features by column, and each column's rows in the order of their values. */
export interface SortedColumns {
  readonly rows: number;
  readonly columns: number;
  /** Value of row i in column j at j x rows + i. */
  readonly values: Float64Array;
  /** From j x rows on: the rows by value in column j, the lower row first among equals. Without columns, the rows. */
  readonly order: Int32Array;
}

/** The place of `value` among the first `count` of the distinct values, ascending, of which it is one. */
function placeOf(distinct: Float64Array, count: number, value: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (distinct[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Sorts the values alone, which the runtime does fast, and finds each row's place among the distinct ones: several
 * times faster than sorting rows with a comparison.
 */
export function sortColumns(features: Matrix): SortedColumns {
  const { data, rows, columns } = features;
  const values = new Float64Array(rows * columns);
  const order = Int32Array.from({ length: rows * Math.max(columns, 1) }, (_, i) => i);
  const sorted = new Float64Array(rows);
  const nextPlace = new Int32Array(rows);
  for (let j = 0; j < columns; j++) {
    const offset = j * rows;
    for (let i = 0, from = j; i < rows; i++, from += columns) values[offset + i] = data[from]!;
    sorted.set(values.subarray(offset, offset + rows));
    sorted.sort();
    let distinct = 0;
    for (let i = 0; i < rows; i++) {
      const value = sorted[i]!;
      if (i > 0 && value === sorted[distinct - 1]!) continue;
      sorted[distinct] = value;
      nextPlace[distinct] = offset + i;
      distinct++;
    }
    for (let i = 0; i < rows; i++) {
      const place = placeOf(sorted, distinct, values[offset + i]!);
      order[nextPlace[place]!] = i;
      nextPlace[place]!++;
    }
  }
  return { rows, columns, values, order };
}
