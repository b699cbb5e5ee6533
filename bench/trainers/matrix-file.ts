import { readFileSync, writeFileSync } from 'node:fs';
import type { Matrix } from '../../src/matrix.js';

/** What both sides of the bench read. On disk all is float64: rows, columns, classCount, splits, and then the arrays. */
export interface MatrixFile {
  readonly features: Matrix;
  /** Class indices or numbers, length rows. */
  readonly target: Float64Array;
  /** 0 for regression. */
  readonly classCount: number;
  /** Ways to part the rows: the number of the fold that tests each row, -1 for none. */
  readonly splits: readonly Float64Array[];
}

const HEADER = 4;

export function writeMatrixFile(path: string, { features, target, classCount, splits }: MatrixFile): void {
  const { rows, columns, data } = features;
  const numbers = new Float64Array(HEADER + rows * (columns + 1 + splits.length));
  numbers.set([rows, columns, classCount, splits.length]);
  numbers.set(data.subarray(0, rows * columns), HEADER);
  numbers.set(target, HEADER + rows * columns);
  for (const [index, split] of splits.entries()) numbers.set(split, HEADER + rows * (columns + 1 + index));
  writeFileSync(path, numbers);
}

export function readMatrixFile(path: string): MatrixFile {
  const bytes = Uint8Array.from(readFileSync(path));
  const numbers = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8);
  // As integers: the compiler would treat everything that is computed with floats as such.
  const sizes = Int32Array.from(numbers.subarray(0, HEADER));
  const rows = sizes[0]!;
  const columns = sizes[1]!;
  const classCount = sizes[2]!;
  const splitCount = sizes[3]!;
  const part = (start: number, length: number) => numbers.slice(HEADER + start, HEADER + start + length);
  return {
    features: { data: part(0, rows * columns), rows, columns },
    target: part(rows * columns, rows),
    classCount,
    splits: Array.from({ length: splitCount }, (_, index) => part(rows * (columns + 1 + index), rows)),
  };
}

/** The rows of a file that train and test, as a trainer takes them. */
export function takeRows(
  { features, target }: MatrixFile,
  rows: Int32Array,
): { features: Matrix; target: Float64Array } {
  const { columns, data } = features;
  const taken = new Float64Array(rows.length * columns);
  for (const [index, row] of rows.entries()) {
    taken.set(data.subarray(row * columns, (row + 1) * columns), index * columns);
  }
  return {
    features: { data: taken, rows: rows.length, columns },
    target: Float64Array.from(rows, (row) => target[row]!),
  };
}
