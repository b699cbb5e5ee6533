// Sums of weighted targets and weights, side by side.
import { LIST_ADDRESS, PRESENT_ADDRESS, RESULT_ADDRESS } from '../../src/trainers/trees/kernel/memory-layout';
import { flag, listFlagged } from './codes';
import { addToCell, CODE_SUMS, cellAt, codeAt, pairAt, wordAt } from './memory';

/** Target x weight and weight of a row. */
export function momentsAt(moments: usize, position: i32): v128 {
  const pair = f64x2.promote_low_f32x4(v128.load64_zero(pairAt(moments, position)));
  return f64x2.mul(pair, v128.shuffle<f64>(pair, f64x2.splat(1), 1, 2));
}

/** Moments of a node, to the result. @returns whether its targets differ. */
export function total(moments: usize, positions: usize, start: i32, end: i32): bool {
  let at = wordAt(positions, start);
  const last = wordAt(positions, end);
  const first = load<f32>(pairAt(moments, load<i32>(at)));
  let sums = f64x2.splat(0);
  let differs = 0;
  for (; at < last; at += 4) {
    const position = load<i32>(at);
    sums = f64x2.add(sums, momentsAt(moments, position));
    differs |= <i32>(load<f32>(pairAt(moments, position)) !== first);
  }
  v128.store(RESULT_ADDRESS, sums, 8);
  return differs !== 0;
}

/** Moments of the rows of a node that go left, to the result. @returns how many those are. */
export function totalLeft(
  goesLeft: usize,
  column: usize,
  slots: i32,
  moments: usize,
  positions: usize,
  start: i32,
  end: i32,
): i32 {
  const last = wordAt(positions, end);
  let sums = f64x2.splat(0);
  let rows = 0;
  for (let at = wordAt(positions, start); at < last; at += 4) {
    const position = load<i32>(at);
    const isLeft = <i32>load<u8>(goesLeft + codeAt(column, slots, position));
    rows += isLeft;
    sums = f64x2.add(sums, f64x2.mul(momentsAt(moments, position), f64x2.splat(<f64>isLeft)));
  }
  v128.store(RESULT_ADDRESS, sums, 8);
  return rows;
}

/** Lists the codes of a node that occur, and the moments and rows of each. @returns how many they are. */
export function list(column: usize, slots: i32, moments: usize, positions: usize, start: i32, end: i32): i32 {
  const last = wordAt(positions, end);
  for (let at = wordAt(positions, start); at < last; at += 4) {
    const position = load<i32>(at);
    const code = codeAt(column, slots, position);
    flag(code);
    addToCell(cellAt(CODE_SUMS, code), momentsAt(moments, position));
  }
  const length = listFlagged();
  for (let place = 0; place < length; place++) {
    const cell = cellAt(CODE_SUMS, load<i32>(wordAt(PRESENT_ADDRESS, place)));
    const entry = cellAt(LIST_ADDRESS, place);
    v128.store(entry, v128.load(cell));
    v128.store(entry, v128.load(cell, 16), 16);
    v128.store(cell, i64x2.splat(0));
    v128.store(cell, i64x2.splat(0), 16);
  }
  return length;
}
