// Nodes of few rows: their codes are sorted by comparing each with all of them, which are the bytes of one vector. The
// kernel in TypeScript has to go by FEW_ROWS as well, for sums are rounded by their order.
import { LIST_ADDRESS } from '../../src/trainers/trees/kernel/memory-layout';
import { FEW_ROWS } from '../../src/trainers/trees/kernel/summing-order';
import { pairAt, vectorAt, wordAt } from './memory';
import { momentsAt } from './moments';
import { firstRow, nodeRows, pairs, slots } from './node';

// In the place of the list: codes of one feature, and in order; pairs in order (v128 or u64 each).
const FEW_CODES: usize = LIST_ADDRESS;
const SORTED_CODES: usize = LIST_ADDRESS + 16;
export const SORTED_PAIRS: usize = LIST_ADDRESS + 64;
// Of the node, whatever feature is looked at: where the codes of each row start, and its pair.
const ROW_CODES: usize = SORTED_PAIRS + 16 * 16;
const ROW_PAIRS: usize = ROW_CODES + 16 * 4;

export function hasFewRows(): bool {
  return nodeRows <= FEW_ROWS;
}

/** Notes what the divisions by any feature need. P: v128 for moments, u64 for classes. */
export function gatherFew<P>(): void {
  for (let row = 0; row < nodeRows; row++) {
    const position = load<i32>(wordAt(firstRow, row));
    store<i32>(wordAt(ROW_CODES, row), position * slots);
    if (sizeof<P>() === 16) v128.store(pairOfFew<P>(row), momentsAt(pairs, position));
    else store<u64>(pairOfFew<P>(row), load<u64>(pairAt(pairs, position)));
  }
}

export function codeOfFew(column: usize, row: i32): i32 {
  return <i32>load<u8>(column + load<i32>(wordAt(ROW_CODES, row)));
}

/** P: as above. */
export function pairOfFew<P>(row: i32): usize {
  return sizeof<P>() === 16 ? vectorAt(ROW_PAIRS, row) : pairAt(ROW_PAIRS, row);
}

/** Puts codes and pairs in order; rows of one code stay in theirs. P: as above. @returns whether the codes differ. */
export function sortFew<P>(column: usize, rows: i32): bool {
  for (let row = 0; row < rows; row++) {
    store<u8>(FEW_CODES + row, <u8>codeOfFew(column, row));
  }
  const codes = v128.load(FEW_CODES);
  const all = (1 << rows) - 1;
  if ((i8x16.bitmask(i8x16.eq(codes, i8x16.splat(load<i8>(FEW_CODES)))) & all) === all) return false;
  // A row's place is how many rows have a smaller code, or the same one and come before it.
  let before = 0;
  for (let row = 0; row < rows; row++) {
    const code = load<i8>(FEW_CODES + row);
    const same = i8x16.splat(code);
    const smaller = i8x16.bitmask(i8x16.lt_u(codes, same)) & all;
    const place = popcnt(smaller | (i8x16.bitmask(i8x16.eq(codes, same)) & before));
    before = (before << 1) | 1;
    store<i8>(SORTED_CODES + <usize>place, code);
    if (sizeof<P>() === 16) v128.store(vectorAt(SORTED_PAIRS, place), v128.load(pairOfFew<P>(row)));
    else store<u64>(pairAt(SORTED_PAIRS, place), load<u64>(pairOfFew<P>(row)));
  }
  return true;
}

export function sortedCode(row: i32): i32 {
  return <i32>load<u8>(SORTED_CODES + <usize>row);
}
