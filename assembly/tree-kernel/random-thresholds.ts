// Divisions of a node by one threshold a feature, drawn between the least and the greatest value, as NodeSplitter draws it.

import { classBytes, clearLeft, left, tryClasses, whole } from './class-sides';
import { classAt, weightAt } from './class-weights';
import { codeOfFew, hasFewRows, pairOfFew } from './few-rows';
import { codeAt, pairAt } from './memory';
import { tryMoments } from './moment-divisions';
import { momentsAt } from './moments';
import { firstRow, lastRow, nodeRows, pairs, slots } from './node';
import { uniform } from './random-stream';

/** The last of the bins lower … upper - 1 whose typical value is at most `value`; `lower` where there is none. */
function lastBinAtMost(centers: usize, lower: i32, upper: i32, value: f64): i32 {
  let low = lower;
  let high = upper - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (load<f64>(pairAt(centers, middle)) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** @returns the last bin that goes left, or -1 where the codes do not differ. */
function drawThreshold(column: usize, centers: usize, random: usize): i32 {
  let lowest = 256;
  let highest = -1;
  if (hasFewRows()) {
    for (let row = 0; row < nodeRows; row++) {
      const code = codeOfFew(column, row);
      lowest = min(lowest, code);
      highest = max(highest, code);
    }
  } else {
    const rowSlots = slots;
    for (let at = firstRow; at < lastRow; at += 4) {
      const code = codeAt(column, rowSlots, load<i32>(at));
      lowest = min(lowest, code);
      highest = max(highest, code);
    }
  }
  if (lowest === highest) return -1;
  const share = uniform(random);
  const value = load<f64>(pairAt(centers, lowest)) * (1 - share) + load<f64>(pairAt(centers, highest)) * share;
  return lastBinAtMost(centers, lowest, highest, value);
}

/** Of the node that moments were begun for. @param centers of the feature. @returns whether its codes differ. */
export function divideMomentsAtRandom(column: usize, centers: usize, random: usize): bool {
  const bin = drawThreshold(column, centers, random);
  if (bin < 0) return false;
  let sums = f64x2.splat(0);
  let rows = 0;
  if (hasFewRows()) {
    for (let row = 0; row < nodeRows; row++) {
      const isLeft = <i32>(codeOfFew(column, row) <= bin);
      rows += isLeft;
      sums = f64x2.add(sums, v128.and(v128.load(pairOfFew<v128>(row)), i64x2.splat(-(<i64>isLeft))));
    }
  } else {
    const last = lastRow;
    const rowSlots = slots;
    const moments = pairs;
    for (let at = firstRow; at < last; at += 4) {
      const position = load<i32>(at);
      const isLeft = <i32>(codeAt(column, rowSlots, position) <= bin);
      rows += isLeft;
      sums = f64x2.add(sums, v128.and(momentsAt(moments, position), i64x2.splat(-(<i64>isLeft))));
    }
  }
  tryMoments(sums, rows, bin, bin + 1);
  return true;
}

function addLeft(row: usize): void {
  const sum = pairAt(left, classAt(row));
  store<f64>(sum, load<f64>(sum) + weightAt(row));
}

/** Of the node that classes were begun for. @param centers of the feature. @returns whether its codes differ. */
export function divideClassesAtRandom(column: usize, centers: usize, random: usize): bool {
  const bin = drawThreshold(column, centers, random);
  if (bin < 0) return false;
  clearLeft();
  let rows = 0;
  if (hasFewRows()) {
    for (let row = 0; row < nodeRows; row++) {
      if (codeOfFew(column, row) > bin) continue;
      addLeft(pairOfFew<u64>(row));
      rows++;
    }
  } else {
    const last = lastRow;
    const rowSlots = slots;
    const classes = pairs;
    for (let at = firstRow; at < last; at += 4) {
      const position = load<i32>(at);
      if (codeAt(column, rowSlots, position) > bin) continue;
      addLeft(pairAt(classes, position));
      rows++;
    }
  }
  let squares = f64x2.splat(0);
  let weight: f64 = 0;
  for (let offset: usize = 0; offset < classBytes; offset += 8) {
    const leftWeight = load<f64>(left + offset);
    const sides = f64x2.replace_lane(f64x2.splat(leftWeight), 1, load<f64>(whole + offset) - leftWeight);
    squares = f64x2.add(squares, f64x2.mul(sides, sides));
    weight += leftWeight;
  }
  tryClasses(squares, weight, rows, bin, bin + 1);
  return true;
}
