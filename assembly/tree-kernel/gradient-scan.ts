// The division of a node of boosting by one feature.
import { CELL_BYTES } from '../../src/trainers/trees/kernel/memory-layout';
import { cellAt } from './memory';

/**
 * Tries the division after every bin, two at a time.
 * @param result score to beat, then gradient, hessian (f64) and rows (i32) of the left side; left alone where none does.
 * @param missing cell of rows that go left in any case, or 0. @returns the last bin that goes left, or -1.
 */
export function scan(
  first: usize,
  bins: i32,
  missing: usize,
  nodeGradient: f64,
  nodeHessian: f64,
  nodeRows: i32,
  leastRows: i32,
  leastHessian: f64,
  l2: f64,
  result: usize,
): i32 {
  let sums = f64x2.splat(0);
  let rows = 0;
  if (missing !== 0) {
    sums = v128.load(missing);
    rows = load<i32>(missing, 16);
  }
  const mostRows = nodeRows - leastRows;
  const end = cellAt(first, bins);
  let bestScore = load<f64>(result);
  let bestCell: usize = 0;
  let bestSums = sums;
  let bestRows = 0;
  let cell = first;
  // Bins before the left side has its rows: no score is needed.
  for (; cell < end; cell += CELL_BYTES) {
    const more = rows + load<i32>(cell, 16);
    if (more >= leastRows) break;
    rows = more;
    sums = f64x2.add(sums, v128.load(cell));
  }
  const allGradient = f64x2.splat(nodeGradient);
  const allHessian = f64x2.splat(nodeHessian);
  const least = f64x2.splat(leastHessian);
  const penalty = f64x2.splat(l2);
  while (cell < end) {
    const sums0 = f64x2.add(sums, v128.load(cell));
    const rows0 = rows + load<i32>(cell, 16);
    if (rows0 > mostRows) break;
    // Beyond the last bin the second division repeats the first, and is not better.
    const pair = cell + CELL_BYTES < end;
    const sums1 = pair ? f64x2.add(sums0, v128.load(cell, 32)) : sums0;
    const rows1 = pair ? rows0 + load<i32>(cell, 48) : rows0;
    const gradient = v128.shuffle<f64>(sums0, sums1, 0, 2);
    const hessian = v128.shuffle<f64>(sums0, sums1, 1, 3);
    const rightGradient = f64x2.sub(allGradient, gradient);
    const left = f64x2.add(hessian, penalty);
    const right = f64x2.add(f64x2.sub(allHessian, hessian), penalty);
    const score = f64x2.div(
      f64x2.add(
        f64x2.mul(f64x2.mul(gradient, gradient), right),
        f64x2.mul(f64x2.mul(rightGradient, rightGradient), left),
      ),
      f64x2.mul(left, right),
    );
    if (v128.any_true(f64x2.gt(score, f64x2.splat(bestScore)))) {
      const isAllowed = v128.and(f64x2.ge(hessian, least), f64x2.ge(f64x2.sub(allHessian, hessian), least));
      const score0 = f64x2.extract_lane(score, 0);
      if (score0 > bestScore && i64x2.extract_lane(isAllowed, 0) !== 0) {
        bestScore = score0;
        bestCell = cell;
        bestSums = sums0;
        bestRows = rows0;
      }
      const score1 = f64x2.extract_lane(score, 1);
      if (score1 > bestScore && rows1 <= mostRows && i64x2.extract_lane(isAllowed, 1) !== 0) {
        bestScore = score1;
        bestCell = cell + CELL_BYTES;
        bestSums = sums1;
        bestRows = rows1;
      }
    }
    sums = sums1;
    rows = rows1;
    cell += 2 * CELL_BYTES;
  }
  if (bestCell === 0) return -1;
  store<f64>(result, bestScore);
  v128.store(result, bestSums, 8);
  store<i32>(result, bestRows, 24);
  return <i32>((bestCell - first) >> 5);
}
