// The divisions of a node by its classes.
import { LIST_ADDRESS, PRESENT_ADDRESS } from '../../src/trainers/trees/kernel/memory-layout';
import { isForHistogram } from '../../src/trainers/trees/kernel/summing-order';
import { sortByCode } from './class-order';
import {
  classBytes,
  clearLeft,
  firstSquares,
  histogram,
  histogramRows,
  moveLeft,
  setClasses,
  sorted,
  tryClasses,
  whole,
} from './class-sides';
import { addByCodeAndClass, weightAt } from './class-weights';
import { gatherFew, hasFewRows, SORTED_PAIRS, sortedCode, sortFew } from './few-rows';
import { pairAt, vectorAt, wordAt } from './memory';
import { firstRow, lastRow, nodeRows, pairs, setNode, slots } from './node';

/** Of the node that was set. */
export function beginClasses(scratch: usize, classCount: i32, sortedRows: i32, sum: f64): void {
  setClasses(scratch, classCount, sortedRows, sum);
  if (hasFewRows()) gatherFew<u64>();
}

function divideFew(column: usize): bool {
  const rows = nodeRows;
  if (!sortFew<u64>(column, rows)) return false;
  clearLeft();
  let squares = firstSquares();
  let weight: f64 = 0;
  let code = sortedCode(0);
  for (let row = 0; row < rows; row++) {
    const next = sortedCode(row);
    if (code !== next) {
      tryClasses(squares, weight, row, code, next);
      code = next;
    }
    const pair = pairAt(SORTED_PAIRS, row);
    const rowWeight = weightAt(pair);
    squares = moveLeft(squares, pair, rowWeight);
    weight += rowWeight;
  }
  return true;
}

function divideSorted(column: usize): bool {
  const length = sortByCode(column, slots, pairs, firstRow, lastRow, sorted);
  if (length < 2) return false;
  clearLeft();
  let squares = firstSquares();
  let weight: f64 = 0;
  let row = sorted;
  let code = load<i32>(PRESENT_ADDRESS);
  for (let place = 0; place < length - 1; place++) {
    const rows = load<i32>(wordAt(LIST_ADDRESS, place));
    const until = pairAt(sorted, rows);
    for (; row < until; row += 8) {
      const rowWeight = weightAt(row);
      squares = moveLeft(squares, row, rowWeight);
      weight += rowWeight;
    }
    const next = load<i32>(wordAt(PRESENT_ADDRESS, place), 4);
    tryClasses(squares, weight, rows, code, next);
    code = next;
  }
  return true;
}

function divideHistogram(column: usize, codes: i32): bool {
  const pairsOfClasses = <i32>(classBytes >> 4);
  addByCodeAndClass(histogram, histogramRows, 2 * pairsOfClasses, column, slots, pairs, firstRow, lastRow);
  clearLeft();
  let squares = f64x2.splat(0);
  let weights = f64x2.splat(0);
  let rows = 0;
  let code = -1;
  let differs = false;
  const wholeEnd = whole + classBytes;
  for (let next = 0; next < codes; next++) {
    const nextRows = load<i32>(wordAt(histogramRows, next));
    if (nextRows === 0) continue;
    store<i32>(wordAt(histogramRows, next), 0);
    if (code >= 0) {
      differs = true;
      const weight = f64x2.extract_lane(weights, 0) + f64x2.extract_lane(weights, 1);
      tryClasses(squares, weight, rows, code, next);
    }
    code = next;
    rows += nextRows;
    // Even classes and odd ones are summed up apart.
    let leftSquares = f64x2.splat(0);
    let rightSquares = f64x2.splat(0);
    let cell = vectorAt(histogram, code * pairsOfClasses);
    for (let at = whole; at < wholeEnd; at += 16) {
      const more = v128.load(cell);
      v128.store(cell, f64x2.splat(0));
      const leftPair = f64x2.add(v128.load(at + classBytes), more);
      v128.store(at + classBytes, leftPair);
      const rightPair = f64x2.sub(v128.load(at), leftPair);
      weights = f64x2.add(weights, more);
      leftSquares = f64x2.add(leftSquares, f64x2.mul(leftPair, leftPair));
      rightSquares = f64x2.add(rightSquares, f64x2.mul(rightPair, rightPair));
      cell += 16;
    }
    squares = f64x2.add(
      v128.shuffle<f64>(leftSquares, rightSquares, 0, 2),
      v128.shuffle<f64>(leftSquares, rightSquares, 1, 3),
    );
  }
  return differs;
}

/** Of the node that classes were begun for. @returns whether the codes differ. */
export function divideByClasses(column: usize, codes: i32): bool {
  if (hasFewRows()) return divideFew(column);
  return isForHistogram(nodeRows, codes, <i32>(classBytes >> 3))
    ? divideHistogram(column, codes)
    : divideSorted(column);
}

/** As `divide`, for classes. */
export function divideClasses(
  column: usize,
  rowSlots: i32,
  codes: i32,
  classes: usize,
  positions: usize,
  start: i32,
  end: i32,
  scratch: usize,
  classCount: i32,
  sortedRows: i32,
  sum: f64,
  weight: f64,
  least: i32,
  score: f64,
): bool {
  setNode(rowSlots, classes, positions, start, end, weight, least, score);
  beginClasses(scratch, classCount, sortedRows, sum);
  return divideByClasses(column, codes);
}
