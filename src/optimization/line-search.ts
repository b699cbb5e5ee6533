/** The function along the search direction, at one step length. */
export interface LinePoint {
  readonly step: number;
  /** Infinity where the function is not finite. */
  readonly value: number;
  /** Derivative along the direction. */
  readonly slope: number;
}

/** Sufficient decrease and curvature constants, Nocedal & Wright p. 62 and p. 142. */
const DECREASE = 1e-4;
const CURVATURE = 0.9;
const LONGEST_STEP = 1e20;

/**
 * Minimiser of the cubic through two points with their slopes (Nocedal & Wright, Numerical Optimization, 2nd ed.,
 * eq. 3.59), kept off the ends of the interval; its middle where the cubic has none.
 */
function interpolate(a: LinePoint, b: LinePoint): number {
  const width = b.step - a.step;
  const middle = a.step + width / 2;
  const d1 = a.slope + b.slope - (3 * (a.value - b.value)) / (a.step - b.step);
  const square = d1 * d1 - a.slope * b.slope;
  if (!(square >= 0) || square === Number.POSITIVE_INFINITY) return middle;
  const d2 = Math.sign(width) * Math.sqrt(square);
  const step = b.step - (width * (b.slope + d2 - d1)) / (b.slope - a.slope + 2 * d2);
  const share = (step - a.step) / width;
  return share > 0.05 && share < 0.95 ? step : middle;
}

/**
 * A step that fulfils the strong Wolfe conditions: Nocedal & Wright, algorithms 3.5 (bracketing) and 3.6 (zoom).
 * @param start the function at step 0; its slope is negative.
 * @param maxEvaluations after which the best step seen that decreases the function enough is taken.
 * @returns undefined when no step decreases the function.
 */
export function findWolfeStep(
  evaluate: (step: number) => LinePoint,
  start: LinePoint,
  firstStep: number,
  maxEvaluations: number,
): LinePoint | undefined {
  const tooHigh = (point: LinePoint) => !(point.value <= start.value + DECREASE * point.step * start.slope);
  const flatEnough = (point: LinePoint) => Math.abs(point.slope) <= -CURVATURE * start.slope;
  let low = start;
  let high: LinePoint | undefined;
  let step = firstStep;
  for (let evaluations = 0; evaluations < maxEvaluations; evaluations++) {
    const point = evaluate(step);
    if (tooHigh(point) || (low !== start && point.value >= low.value)) {
      high = point;
    } else {
      if (flatEnough(point)) return point;
      // Invariant of algorithm 3.6: the slope at `low` points towards `high`.
      if (high === undefined ? point.slope >= 0 : point.slope * (high.step - low.step) >= 0) high = low;
      low = point;
    }
    if (high === undefined) {
      if (step >= LONGEST_STEP) break;
      step = Math.min(4 * step, LONGEST_STEP);
    } else {
      if (Math.abs(high.step - low.step) <= 1e-15 * Math.abs(high.step)) break;
      step = interpolate(low, high);
    }
  }
  return low === start ? undefined : low;
}
