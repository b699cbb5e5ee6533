// The rows of a node in the order of their codes.
import { LIST_ADDRESS, PRESENT_ADDRESS } from '../../src/trainers/trees/kernel/memory-layout';
import { flag, listFlagged } from './codes';
import { CODE_ROWS, codeAt, increment, pairAt, wordAt } from './memory';

/** Sorts pairs by code, and lists the codes that occur and where the rows of each end. @returns how many codes occur. */
export function sortByCode(
  column: usize,
  slots: i32,
  classes: usize,
  firstRow: usize,
  lastRow: usize,
  sorted: usize,
): i32 {
  for (let at = firstRow; at < lastRow; at += 4) {
    const code = codeAt(column, slots, load<i32>(at));
    flag(code);
    increment(wordAt(CODE_ROWS, code));
  }
  const length = listFlagged();
  // From here on what was counted is where the next row of a code goes.
  let to = sorted;
  for (let place = 0; place < length; place++) {
    const next = wordAt(CODE_ROWS, load<i32>(wordAt(PRESENT_ADDRESS, place)));
    const rows = load<i32>(next);
    store<usize>(next, to);
    to = pairAt(to, rows);
  }
  for (let at = firstRow; at < lastRow; at += 4) {
    const position = load<i32>(at);
    const next = wordAt(CODE_ROWS, codeAt(column, slots, position));
    const row = load<usize>(next);
    store<u64>(row, load<u64>(pairAt(classes, position)));
    store<usize>(next, row + 8);
  }
  for (let place = 0; place < length; place++) {
    const next = wordAt(CODE_ROWS, load<i32>(wordAt(PRESENT_ADDRESS, place)));
    store<i32>(wordAt(LIST_ADDRESS, place), <i32>((load<usize>(next) - sorted) >> 3));
    store<i32>(next, 0);
  }
  return length;
}

export function sortClasses(
  column: usize,
  slots: i32,
  classes: usize,
  positions: usize,
  start: i32,
  end: i32,
  sorted: usize,
): i32 {
  return sortByCode(column, slots, classes, wordAt(positions, start), wordAt(positions, end), sorted);
}
