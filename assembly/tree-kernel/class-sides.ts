// A node by its classes, and its two sides as rows move from the right to the left.
import {
  classSumBytes,
  codeRowsAddress,
  histogramAddress,
  leftAddress,
  sortedAddress,
} from '../../src/trainers/trees/kernel/class-scratch';
import { RESULT_ADDRESS } from '../../src/trainers/trees/kernel/memory-layout';
import { classAt } from './class-weights';
import { pairAt } from './memory';
import { keepIfAllowed, nodeRows, nodeWeight } from './node';

/** Weight of each class in the node and on the left (f64), `classBytes` each. */
export let whole: usize = 0;
export let left: usize = 0;
export let classBytes: usize = 0;
/** Sum of the squares of `whole`. */
export let wholeSum: f64 = 0;
/** Where pairs are sorted, and where weights are summed up by code and class, and rows by code, zero between calls. */
export let sorted: usize = 0;
export let histogram: usize = 0;
export let histogramRows: usize = 0;

/** @param scratch see class-scratch.ts. */
export function setClasses(scratch: usize, classCount: i32, sortedRows: i32, sum: f64): void {
  whole = scratch;
  left = <usize>leftAddress(scratch, classCount);
  classBytes = <usize>classSumBytes(classCount);
  sorted = <usize>sortedAddress(scratch, classCount);
  histogram = <usize>histogramAddress(scratch, classCount, sortedRows);
  histogramRows = <usize>codeRowsAddress(scratch, classCount, sortedRows);
  wholeSum = sum;
}

export function clearLeft(): void {
  const end = left + classBytes;
  for (let cell = left; cell < end; cell += 16) v128.store(cell, f64x2.splat(0));
}

/** Sums of the squares of both sides before any row moved. */
export function firstSquares(): v128 {
  return f64x2.replace_lane(f64x2.splat(0), 1, wholeSum);
}

/** Moves a row to the left. @param squares sums of the squares of both sides. @returns the same after it. */
export function moveLeft(squares: v128, row: usize, weight: f64): v128 {
  const before = load<f64>(pairAt(left, classAt(row)));
  const right = load<f64>(pairAt(whole, classAt(row))) - before;
  store<f64>(pairAt(left, classAt(row)), before + weight);
  // (b + w)² - b² = w (2 b + w); (r - w)² - r² = w (w - 2 r)
  const sides = f64x2.replace_lane(f64x2.splat(before), 1, -right);
  const weights = f64x2.splat(weight);
  return f64x2.add(squares, f64x2.mul(weights, f64x2.add(f64x2.add(sides, sides), weights)));
}

/** Tries a division by its left side. @param squares sums of the squares of both sides. */
export function tryClasses(squares: v128, weight: f64, rows: i32, code: i32, next: i32): void {
  const means = f64x2.div(squares, f64x2.replace_lane(f64x2.splat(weight), 1, nodeWeight - weight));
  const score = f64x2.extract_lane(means, 0) + f64x2.extract_lane(means, 1);
  if (score > load<f64>(RESULT_ADDRESS)) keepIfAllowed(score, weight, rows, code, next, 2 * rows > nodeRows);
}
