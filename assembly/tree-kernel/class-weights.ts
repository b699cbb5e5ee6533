// Sums of weights by class. A row is a class (i32) and a weight (f32).
import { RESULT_ADDRESS } from '../../src/trainers/trees/kernel/memory-layout';
import { codeAt, increment, pairAt, wordAt } from './memory';

export function classAt(row: usize): i32 {
  return load<i32>(row);
}

export function weightAt(row: usize): f64 {
  return <f64>load<f32>(row, 4);
}

function addTo(sum: usize, weight: f64): void {
  store<f64>(sum, load<f64>(sum) + weight);
}

/**
 * Weights of the classes of a node, and to the result their sum and the sum of their squares.
 * @returns the only class, of which nothing is summed up, or -1.
 */
export function totalClasses(
  classes: usize,
  positions: usize,
  start: i32,
  end: i32,
  weights: usize,
  classCount: i32,
): i32 {
  const first = wordAt(positions, start);
  const last = wordAt(positions, end);
  const only = classAt(pairAt(classes, load<i32>(first)));
  let at = first;
  do {
    at += 4;
    if (at === last) return only;
  } while (classAt(pairAt(classes, load<i32>(at))) === only);
  const weightsEnd = pairAt(weights, classCount);
  for (let cell = weights; cell < weightsEnd; cell += 8) store<f64>(cell, 0);
  let sum: f64 = 0;
  for (at = first; at < last; at += 4) {
    const row = pairAt(classes, load<i32>(at));
    const weight = weightAt(row);
    addTo(pairAt(weights, classAt(row)), weight);
    sum += weight;
  }
  let squares: f64 = 0;
  for (let cell = weights; cell < weightsEnd; cell += 8) squares += load<f64>(cell) * load<f64>(cell);
  store<f64>(RESULT_ADDRESS, sum, 8);
  store<f64>(RESULT_ADDRESS, squares, 16);
  return -1;
}

/** Adds the weights of the rows of a node that go left by class. @returns how many those are. */
export function classesLeft(
  goesLeft: usize,
  column: usize,
  slots: i32,
  classes: usize,
  positions: usize,
  start: i32,
  end: i32,
  weights: usize,
): i32 {
  const last = wordAt(positions, end);
  let rows = 0;
  for (let at = wordAt(positions, start); at < last; at += 4) {
    const position = load<i32>(at);
    if (load<u8>(goesLeft + codeAt(column, slots, position)) === 0) continue;
    const row = pairAt(classes, position);
    addTo(pairAt(weights, classAt(row)), weightAt(row));
    rows++;
  }
  return rows;
}

/** Adds rows to sums of weights by code and class, `stride` of them a code, and to the rows of each code. */
export function addByCodeAndClass(
  sums: usize,
  codeRows: usize,
  stride: i32,
  column: usize,
  slots: i32,
  classes: usize,
  firstRow: usize,
  lastRow: usize,
): void {
  for (let at = firstRow; at < lastRow; at += 4) {
    const position = load<i32>(at);
    const code = codeAt(column, slots, position);
    const row = pairAt(classes, position);
    addTo(pairAt(sums, code * stride + classAt(row)), weightAt(row));
    increment(wordAt(codeRows, code));
  }
}

/** The same, a sum a class. */
export function countClasses(
  sums: usize,
  codeRows: usize,
  classCount: i32,
  column: usize,
  slots: i32,
  classes: usize,
  positions: usize,
  start: i32,
  end: i32,
): void {
  const firstRow = wordAt(positions, start);
  addByCodeAndClass(sums, codeRows, classCount, column, slots, classes, firstRow, wordAt(positions, end));
}
