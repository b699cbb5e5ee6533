import type { Matrix } from '../../trainer.js';
import { type BinnedColumn, type BinnedFeatures, cellFinder, columnBins } from './binned-features.js';

/** Rows to predict, handed out as blocks of codes, row-major, so that a tree reads a row from one cache line. */
export interface CellSource {
  readonly rows: number;
  /** Writes rows `from` … `from + count - 1` to the start of `block`. */
  fill(from: number, count: number, block: Uint8Array): void;
}

/** Rows of the dataset whose bins the model was trained on. */
export function binnedCells(binned: BinnedFeatures, rows: Int32Array): CellSource {
  const columns = binned.columns.map((_, index) => columnBins(binned, index));
  return {
    rows: rows.length,
    fill(from, count, block) {
      for (let feature = 0; feature < columns.length; feature++) {
        const cells = columns[feature]!;
        for (let i = 0, place = feature; i < count; i++, place += columns.length)
          block[place] = cells[rows[from + i]!]!;
      }
    },
  };
}

/** Raw values: numbers (NaN is missing), and for a categorical column the index of the category. */
export function matrixCells(columns: readonly BinnedColumn[], matrix: Matrix): CellSource {
  const { rows, data } = matrix;
  const width = columns.length;
  const finders = columns.map(cellFinder);
  return {
    rows,
    fill(from, count, block) {
      for (let feature = 0; feature < width; feature++) {
        const finder = finders[feature]!;
        const first = from * width + feature;
        for (let i = 0; i < count; i++) block[i * width + feature] = finder.cell(data[first + i * width]!);
      }
    },
  };
}

/** Rows predicted at a time: their codes stay in the cache while all trees read them. */
const BLOCK_ROWS = 256;

/** Calls `visit` block by block. @param visit gets the codes, the number of the first row and how many there are. */
export function forEachBlock(
  source: CellSource,
  columns: number,
  visit: (block: Uint8Array, from: number, count: number) => void,
): void {
  const block = new Uint8Array(Math.min(BLOCK_ROWS, source.rows) * columns);
  for (let from = 0; from < source.rows; from += BLOCK_ROWS) {
    const count = Math.min(BLOCK_ROWS, source.rows - from);
    source.fill(from, count, block);
    visit(block, from, count);
  }
}
