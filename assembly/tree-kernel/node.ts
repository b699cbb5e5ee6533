// The node of a forest's tree that is being divided: what is the same for every feature that is looked at.
import { LEAST_WEIGHT_SHARE } from '../../src/trainers/trees/kernel/division-rules';
import { RESULT_ADDRESS } from '../../src/trainers/trees/kernel/memory-layout';
import { wordAt } from './memory';

/** Bytes of the codes of a row. */
export let slots: i32 = 0;
/** Pairs by row: target and weight (f32), or class (i32) and weight (f32). */
export let pairs: usize = 0;
/** Addresses of the first of its row numbers, and behind the last. */
export let firstRow: usize = 0;
export let lastRow: usize = 0;
export let nodeRows: i32 = 0;
export let nodeWeight: f64 = 0;
/** Fewest rows of a side. */
export let leastRows: i32 = 0;

/** @param score to beat: the best one is always in the result. */
export function setNode(
  rowSlots: i32,
  rowPairs: usize,
  positions: usize,
  start: i32,
  end: i32,
  weight: f64,
  least: i32,
  score: f64,
): void {
  slots = rowSlots;
  pairs = rowPairs;
  firstRow = wordAt(positions, start);
  lastRow = wordAt(positions, end);
  nodeRows = end - start;
  nodeWeight = weight;
  leastRows = least;
  store<f64>(RESULT_ADDRESS, score);
}

/** Keeps the division between two codes, whose score is the best so far, if both sides are large enough. */
export function keepIfAllowed(score: f64, weight: f64, rows: i32, code: i32, next: i32, largerLeft: bool): void {
  if (rows < leastRows || nodeRows - rows < leastRows) return;
  if (!(nodeWeight - weight > LEAST_WEIGHT_SHARE * nodeWeight) || !(weight > 0)) return;
  store<f64>(RESULT_ADDRESS, score);
  store<i32>(RESULT_ADDRESS, code, 24);
  store<i32>(RESULT_ADDRESS, next, 28);
  store<i32>(RESULT_ADDRESS, <i32>largerLeft, 32);
}
