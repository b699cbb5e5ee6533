import { Random } from '../../../random.js';
import type { Matrix } from '../../trainer.js';
import { NumberSorter } from './number-sorter.js';
import { BinFinder, numericBins } from './numeric-bins.js';

/** What the bins of a column mean in the user's own values; the code `binCount` stands for a missing value. */
export type BinnedColumn =
  | {
      readonly kind: 'numeric';
      readonly name: string;
      /** 1 … 255. */
      readonly binCount: number;
      /** Length binCount - 1, see `NumericBins`. */
      readonly thresholds: Float64Array;
      /** Length binCount. */
      readonly centers: Float64Array;
    }
  | {
      readonly kind: 'categorical';
      readonly name: string;
      readonly binCount: number;
      readonly categories: readonly string[];
      /** Bin of each category; beyond 255 categories the rarest share the last bin. */
      readonly binOfCode: Uint8Array;
    };

/**
 * The features of a dataset as one byte a cell. Made once per dataset; every fold of every trial reads it, so its bytes
 * lie in shared memory and structured clone passes them by reference.
 */
export interface BinnedFeatures {
  readonly rows: number;
  readonly columns: readonly BinnedColumn[];
  /** Column-major, columns x rows. */
  readonly bins: Uint8Array;
}

/** Rows looked at to place the bins of a column. */
const SAMPLE_ROWS = 200_000;

/** The cells of one column, length rows. */
export function columnBins(binned: BinnedFeatures, column: number): Uint8Array {
  return binned.bins.subarray(column * binned.rows, (column + 1) * binned.rows);
}

/** Bins of a matrix, all of whose columns are taken as numbers; NaN is missing. */
export function binMatrix(matrix: Matrix, names: readonly string[]): BinnedFeatures {
  const { data, rows, columns: width } = matrix;
  const bins = new Uint8Array(new SharedArrayBuffer(rows * width));
  const all = new Int32Array(rows);
  for (let row = 0; row < rows; row++) all[row] = row;
  const sample = sampleRows(all);
  const seen = new Float64Array(sample.length);
  const sorter = new NumberSorter();
  const columns = Array.from({ length: width }, (_, index) => {
    for (let i = 0; i < sample.length; i++) seen[i] = data[sample[i]! * width + index]!;
    const column = numericColumn(names[index] ?? `column_${index}`, seen, sorter);
    const finder = new BinFinder(column.thresholds);
    const start = index * rows;
    for (let row = 0; row < rows; row++) bins[start + row] = finder.cell(data[row * width + index]!);
    return column;
  });
  return { rows, columns, bins };
}

/** Gives the codes of raw values of a column. */
export interface CellFinder {
  /** @param value a number, or for a categorical column the index of its category (NaN, -1: missing). */
  cell(value: number): number;
}

export function cellFinder(column: BinnedColumn): CellFinder {
  if (column.kind === 'numeric') return new BinFinder(column.thresholds);
  const { binOfCode, binCount } = column;
  return { cell: (value) => (value >= 0 && value < binOfCode.length ? binOfCode[value]! : binCount) };
}

/** @param seen values that the bins are learned from, put in another order; NaN is missing. */
export function numericColumn(
  name: string,
  seen: Float64Array,
  sorter: NumberSorter,
): Extract<BinnedColumn, { kind: 'numeric' }> {
  let count = 0;
  for (let i = 0; i < seen.length; i++) {
    const value = seen[i]!;
    if (Number.isNaN(value)) continue;
    // Infinities stand at the ends of what JSON can hold; -0 would sort apart from 0.
    seen[count++] = Math.min(Math.max(value, -Number.MAX_VALUE), Number.MAX_VALUE) + 0;
  }
  const { thresholds, centers } = numericBins(sorter.sort(seen.subarray(0, count)));
  return { kind: 'numeric', name, binCount: centers.length, thresholds, centers };
}

/** An even spread of rows with a random offset within each stride, so that no period in the data can hide. */
export function sampleRows(rows: Int32Array): Int32Array {
  if (rows.length <= SAMPLE_ROWS) return rows;
  const random = new Random(0, 'bins');
  const stride = rows.length / SAMPLE_ROWS;
  return Int32Array.from({ length: SAMPLE_ROWS }, (_, i) => {
    return rows[Math.min(rows.length - 1, Math.floor((i + random.uniform()) * stride))]!;
  });
}
