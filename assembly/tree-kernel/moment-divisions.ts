// The divisions of a node by its moments.
import { RESULT_ADDRESS } from '../../src/trainers/trees/kernel/memory-layout';
import { countByCode, flag, takeFlags } from './codes';
import { gatherFew, hasFewRows, SORTED_PAIRS, sortedCode, sortFew } from './few-rows';
import { CODE_ROWS, CODE_SUMS, codeAt, vectorAt, wordAt } from './memory';
import { momentsAt } from './moments';
import { firstRow, keepIfAllowed, lastRow, leastRows, nodeRows, nodeWeight, pairs, setNode, slots } from './node';

/** Mean target of the node. */
let mean: f64 = 0;

/** Of the node that was set. */
export function beginMoments(sum: f64): void {
  mean = sum / nodeWeight;
  if (hasFewRows()) gatherFew<v128>();
}

/** Tries a division by its left side: `sums` has weighted target and weight. */
export function tryMoments(sums: v128, rows: i32, code: i32, next: i32): void {
  const weight = f64x2.extract_lane(sums, 1);
  const right = nodeWeight - weight;
  const difference = f64x2.extract_lane(sums, 0) - mean * weight;
  const score = (difference * difference) / (weight * right);
  if (score > load<f64>(RESULT_ADDRESS)) keepIfAllowed(score, weight, rows, code, next, weight > right);
}

function divideFew(column: usize): bool {
  const rows = nodeRows;
  if (!sortFew<v128>(column, rows)) return false;
  let sums = f64x2.splat(0);
  let cell = v128.load(SORTED_PAIRS);
  let code = sortedCode(0);
  for (let row = 1; row < rows; row++) {
    const next = sortedCode(row);
    const pair = v128.load(vectorAt(SORTED_PAIRS, row));
    if (code === next) {
      cell = f64x2.add(cell, pair);
      continue;
    }
    sums = f64x2.add(sums, cell);
    tryMoments(sums, row, code, next);
    cell = pair;
    code = next;
  }
  return true;
}

/** Of a feature with two codes, whose sums are never far from the adder: 1-hot columns are many. */
function divideTwo(column: usize): bool {
  const last = lastRow;
  const rowSlots = slots;
  const moments = pairs;
  let rows = 0;
  let sums0 = f64x2.splat(0);
  let sums1 = f64x2.splat(0);
  for (let at = firstRow; at < last; at += 4) {
    const position = load<i32>(at);
    const code = codeAt(column, rowSlots, position);
    const pair = momentsAt(moments, position);
    const isSecond = i64x2.splat(-(<i64>code));
    sums0 = f64x2.add(sums0, v128.andnot(pair, isSecond));
    sums1 = f64x2.add(sums1, v128.and(pair, isSecond));
    rows += code;
  }
  if (rows === 0 || rows === nodeRows) return false;
  tryMoments(sums0, nodeRows - rows, 0, 1);
  return true;
}

function divideMany(column: usize, codes: i32): bool {
  if (codes === 2) return divideTwo(column);
  const last = lastRow;
  const rowSlots = slots;
  const moments = pairs;
  for (let at = firstRow; at < last; at += 4) {
    const position = load<i32>(at);
    const code = codeAt(column, rowSlots, position);
    flag(code);
    const cell = vectorAt(CODE_SUMS, code);
    v128.store(cell, f64x2.add(v128.load(cell), momentsAt(moments, position)));
  }
  // A side that has a code has a row.
  const counts = leastRows > 1;
  if (counts) countByCode(column, rowSlots, firstRow, last);
  let rows = counts ? 0 : 1;
  let sums = f64x2.splat(0);
  let code = -1;
  let differs = false;
  for (let base = 0; base < codes; base += 64) {
    for (let flags = takeFlags(base); flags !== 0; flags &= flags - 1) {
      const next = base + <i32>ctz(flags);
      if (code >= 0) {
        differs = true;
        tryMoments(sums, rows, code, next);
      }
      code = next;
      const cell = vectorAt(CODE_SUMS, code);
      sums = f64x2.add(sums, v128.load(cell));
      v128.store(cell, i64x2.splat(0));
      if (counts) {
        rows += load<i32>(wordAt(CODE_ROWS, code));
        store<i32>(wordAt(CODE_ROWS, code), 0);
      }
    }
  }
  return differs;
}

/** Of the node that moments were begun for. @returns whether the codes differ. */
export function divideByMoments(column: usize, codes: i32): bool {
  return hasFewRows() ? divideFew(column) : divideMany(column, codes);
}

/** Tries the division of a node after every code that occurs. @returns whether the codes differ. */
export function divide(
  column: usize,
  rowSlots: i32,
  codes: i32,
  moments: usize,
  positions: usize,
  start: i32,
  end: i32,
  sum: f64,
  weight: f64,
  least: i32,
  score: f64,
): bool {
  setNode(rowSlots, moments, positions, start, end, weight, least, score);
  beginMoments(sum);
  return divideByMoments(column, codes);
}
