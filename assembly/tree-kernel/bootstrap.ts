// The rows that a tree learns from.
import { pairAt, wordAt } from './memory';
import { uint32 } from './random-stream';

/** Draws rows with replacement: sets the weight of each to how often it was drawn. */
export function drawRows(drawing: usize, pairs: usize, rows: i32, draws: i32): void {
  const end = pairAt(pairs, rows);
  for (let at = pairs; at < end; at += 8) store<f32>(at, 0, 4);
  const share = <f64>rows / 4294967296;
  for (; draws > 0; draws--) {
    const row = pairAt(pairs, <u32>floor(<f64>uint32(drawing) * share));
    store<f32>(row, load<f32>(row, 4) + 1, 4);
  }
}

/** Lists the rows that have a weight; one more place may be written to. @returns how many they are. */
export function placeRows(pairs: usize, rows: i32, positions: usize): i32 {
  let to = positions;
  for (let row = 0; row < rows; row++) {
    store<i32>(to, row);
    to = wordAt(to, <i32>(load<f32>(pairAt(pairs, row), 4) !== 0));
  }
  return <i32>((to - positions) >> 2);
}
