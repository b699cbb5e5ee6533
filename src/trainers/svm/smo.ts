import { ActiveSet } from './active-set.js';
import type { DualProblem } from './dual-problem.js';

export interface DualSolution {
  readonly coefficients: Float64Array;
  /** The decision value is K b + bias. */
  readonly bias: number;
}

/** In place of a curvature that is not positive (LIBSVM's tau). */
const MINIMUM_CURVATURE = 1e-12;

/** Where the problem sets no limit, LIBSVM's: 100 a row, ten million at least. */
const LEAST_ITERATION_LIMIT = 10_000_000;
const ITERATIONS_PER_ROW = 100;

/**
 * Sequential minimal optimisation with second-order working sets: Fan, Chen and Lin, "Working set selection using
 * second order information for training support vector machines", JMLR 6 (2005), WSS 2; with shrinking after Joachims.
 */
export function solveDual(problem: DualProblem): DualSolution {
  const { rows, tolerance } = problem;
  const size = problem.target.length;
  const set = new ActiveSet(problem);
  const { coefficients } = set;
  const limit = problem.maxIterations ?? Math.max(LEAST_ITERATION_LIMIT, ITERATIONS_PER_ROW * size);
  const shrinkEvery = Math.min(size, 1000);
  let untilShrink = shrinkEvery;
  let unshrunk = false;
  let iterations = 0;
  while (iterations < limit) {
    if (problem.shrinking && --untilShrink <= 0) {
      untilShrink = shrinkEvery;
      if (!unshrunk && set.violation() <= 10 * tolerance) {
        unshrunk = true;
        set.restore();
      }
      set.shrink();
    }
    const up = set.steepestUp;
    const rowUp = up < 0 ? undefined : rows.row(set.index[up]!);
    const down = rowUp === undefined ? -1 : selectDown(set, up, rowUp);
    if (rowUp === undefined || down < 0 || set.highestDown - set.lowestUp < tolerance) {
      if (set.count === size) break;
      set.restore();
      untilShrink = 2;
      continue;
    }
    iterations++;
    const rowDown = rows.row(set.index[down]!);
    const i = set.index[up]!;
    const j = set.index[down]!;
    const placeUp = set.place[up]!;
    const placeDown = set.place[down]!;
    // From the rows that the gradient moves by, whose rounding the diagonal does not share: equal rows give exactly 0.
    const curvature = rowUp[placeUp]! - rowUp[placeDown]! + (rowDown[placeDown]! - rowDown[placeUp]!);
    const slope = set.downGradient(down) - set.lowestUp;
    const free = slope / (curvature > 0 ? curvature : MINIMUM_CURVATURE);
    const ceiling = set.ceiling(i);
    const floor = set.floor(j);
    const roomUp = ceiling - coefficients[i]!;
    const roomDown = coefficients[j]! - floor;
    const step = Math.min(free, roomUp, roomDown);
    coefficients[i] = step === roomUp ? ceiling : coefficients[i]! + step;
    coefficients[j] = step === roomDown ? floor : coefficients[j]! - step;
    set.move(up, down, step, rowUp, rowDown);
  }
  if (set.count < size) set.restore();
  return { coefficients, bias: biasOf(set) };
}

/** The partner that promises the largest decrease of the objective; also measures the highest down gradient. */
function selectDown(set: ActiveSet, up: number, rowUp: Float32Array): number {
  const { gradient, downShift, place, diagonal, count, lowestUp } = set;
  const diagonalUp = diagonal[up]!;
  let best = -1;
  let bestGain = 0;
  let highest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < count; k++) {
    const value = gradient[k]! + downShift[k]!;
    if (value > highest) highest = value;
    const slope = value - lowestUp;
    const curvature = diagonalUp + diagonal[k]! - 2 * rowUp[place[k]!]!;
    // Keeps the sign of the slope: rows that do not violate never win, without a branch that no predictor can learn.
    const gain = (slope * Math.abs(slope)) / (curvature > 0 ? curvature : MINIMUM_CURVATURE);
    if (gain > bestGain) {
      bestGain = gain;
      best = k;
    }
  }
  set.highestDown = best < 0 ? lowestUp : highest;
  return best;
}

/** The mean of the gradients of free variables, which are equal at the optimum; else the middle of what is allowed. */
function biasOf({ gradient, upShift, downShift, count }: ActiveSet): number {
  let sum = 0;
  let free = 0;
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < count; k++) {
    const up = gradient[k]! + upShift[k]!;
    const down = gradient[k]! + downShift[k]!;
    if (up === down) {
      sum += up;
      free++;
    }
    lowest = Math.min(lowest, up);
    highest = Math.max(highest, down);
  }
  if (free > 0) return -sum / free;
  if (!Number.isFinite(lowest)) return Number.isFinite(highest) ? -highest : 0;
  return Number.isFinite(highest) ? -(lowest + highest) / 2 : -lowest;
}
