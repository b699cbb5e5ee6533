// Which codes occur in a node.
import { PRESENT_ADDRESS, RESULT_ADDRESS } from '../../src/trainers/trees/kernel/memory-layout';
import { CODE_ROWS, codeAt, FLAGS, increment, wordAt } from './memory';

export function flag(code: i32): void {
  store<u8>(FLAGS + <usize>code, 255);
}

/** Which of 64 codes were flagged, a bit each; their flags are cleared. */
export function takeFlags(base: i32): u64 {
  const at = FLAGS + <usize>base;
  const flags =
    <u64>(<u32>i8x16.bitmask(v128.load(at))) |
    ((<u64>(<u32>i8x16.bitmask(v128.load(at, 16)))) << 16) |
    ((<u64>(<u32>i8x16.bitmask(v128.load(at, 32)))) << 32) |
    ((<u64>(<u32>i8x16.bitmask(v128.load(at, 48)))) << 48);
  v128.store(at, i64x2.splat(0));
  v128.store(at, i64x2.splat(0), 16);
  v128.store(at, i64x2.splat(0), 32);
  v128.store(at, i64x2.splat(0), 48);
  return flags;
}

/** Lists the codes that were flagged, ascending. @returns how many they are. */
export function listFlagged(): i32 {
  let present: usize = PRESENT_ADDRESS;
  for (let base = 0; base < 256; base += 64) {
    for (let flags = takeFlags(base); flags !== 0; flags &= flags - 1) {
      store<i32>(present, base + <i32>ctz(flags));
      present += 4;
    }
  }
  return <i32>((present - PRESENT_ADDRESS) >> 2);
}

/** Counts the rows of each code. */
export function countByCode(column: usize, slots: i32, firstRow: usize, lastRow: usize): void {
  for (let at = firstRow; at < lastRow; at += 4) {
    increment(wordAt(CODE_ROWS, codeAt(column, slots, load<i32>(at))));
  }
}

/** Least and greatest code of a node but for `missing`, to the result. @returns how many rows have that. */
export function range(column: usize, slots: i32, missing: i32, positions: usize, start: i32, end: i32): i32 {
  const last = wordAt(positions, end);
  let lowest = 256;
  let highest = -1;
  let missingRows = 0;
  for (let at = wordAt(positions, start); at < last; at += 4) {
    const code = codeAt(column, slots, load<i32>(at));
    if (code === missing) {
      missingRows++;
      continue;
    }
    lowest = min(lowest, code);
    highest = max(highest, code);
  }
  store<i32>(RESULT_ADDRESS, lowest, 24);
  store<i32>(RESULT_ADDRESS, highest, 28);
  return missingRows;
}
