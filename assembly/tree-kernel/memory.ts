// Where the kernel keeps what is its own, between the result and the list, and how items are addressed.
import { CELL_BYTES, LIST_ADDRESS, RESULT_ADDRESS } from '../../src/trainers/trees/kernel/memory-layout';

/** A byte a code, which is zero between calls. */
export const FLAGS: usize = RESULT_ADDRESS + 64;
/** Sums by code, of 16 or 32 bytes each, zero between calls. */
export const CODE_SUMS: usize = LIST_ADDRESS - 256 * CELL_BYTES;
/** Rows by code (i32), behind sums of 16 bytes; zero between calls. */
export const CODE_ROWS: usize = CODE_SUMS + 256 * 16;

export function wordAt(base: usize, index: i32): usize {
  return base + ((<usize>index) << 2);
}

/** Of 8 bytes: two f32, or a class (i32) and a weight (f32), or a f64. */
export function pairAt(base: usize, index: i32): usize {
  return base + ((<usize>index) << 3);
}

/** Of 16 bytes. */
export function vectorAt(base: usize, index: i32): usize {
  return base + ((<usize>index) << 4);
}

/** Of CELL_BYTES. */
export function cellAt(base: usize, index: i32): usize {
  return base + ((<usize>index) << 5);
}

/** Code of a row; codes are row-major, and those of a feature start at `column`. */
export function codeAt(column: usize, slots: i32, position: i32): i32 {
  return <i32>load<u8>(column + position * slots);
}

export function increment(rows: usize): void {
  store<i32>(rows, load<i32>(rows) + 1);
}

/** Adds two sums and a row to a cell. */
export function addToCell(cell: usize, more: v128): void {
  v128.store(cell, f64x2.add(v128.load(cell), more));
  store<i32>(cell, load<i32>(cell, 16) + 1, 16);
}
