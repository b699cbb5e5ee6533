// Dividing the rows of a node.
import { codeAt, wordAt } from './memory';

/**
 * Moves positions that go left before those that go right, both in order, by way of a spare place for those that go
 * right. Each is written to both sides, of which one then moves on: a branch would be guessed wrong too often.
 * @returns place of the first that goes right.
 */
export function partition(
  goesLeft: usize,
  column: usize,
  slots: i32,
  positions: usize,
  spare: usize,
  start: i32,
  end: i32,
): i32 {
  let left = wordAt(positions, start);
  let right = spare;
  const last = wordAt(positions, end);
  for (let at = left; at < last; at += 4) {
    const position = load<i32>(at);
    const leftBytes = (<usize>load<u8>(goesLeft + codeAt(column, slots, position))) << 2;
    store<i32>(left, position);
    store<i32>(right, position);
    left += leftBytes;
    right += 4 - leftBytes;
  }
  memory.copy(left, spare, right - spare);
  return <i32>((left - positions) >> 2);
}

/** The same from the end, by way of a spare place for those that go left. */
export function partitionBack(
  goesLeft: usize,
  column: usize,
  slots: i32,
  positions: usize,
  spare: usize,
  start: i32,
  end: i32,
  leftRows: i32,
): void {
  const first = wordAt(positions, start);
  let left = wordAt(spare, leftRows);
  let right = wordAt(positions, end) - 4;
  for (let at = right; at >= first; at -= 4) {
    const position = load<i32>(at);
    const leftBytes = (<usize>load<u8>(goesLeft + codeAt(column, slots, position))) << 2;
    store<i32>(left, position);
    store<i32>(right, position);
    left -= leftBytes;
    right -= 4 - leftBytes;
  }
  memory.copy(first, spare + 4, (<usize>leftRows) << 2);
}
