import type { RowCache } from './row-cache.js';

/**
 * minimise 1/2 b'Kb - t'b + epsilon |b|_1 subject to sum(b) = 0 and lower <= b <= upper, with lower <= 0 <= upper.
 * Classification: t = +-1, epsilon = 0, bounds [0, C] or [-C, 0]; b is y * alpha. Regression: t is the target, bounds
 * [-C, C]; b is alpha - alpha*.
 */
export interface DualProblem {
  readonly target: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly epsilon: number;
  readonly rows: RowCache;
  /** K(i, i). */
  readonly diagonal: Float64Array;
  /** Largest violation of optimality that is left. */
  readonly tolerance: number;
  readonly shrinking: boolean;
  /** The solution is left as it is after so many; without it, what LIBSVM allows. */
  readonly maxIterations: number | undefined;
}
