import type { Random } from '../../random.js';

/**
 * The kernels of a density in one coordinate, one a trial. Densities are relative to the prior, which is uniform over
 * the unit interval: log 1 = 0 everywhere, whatever the kind of parameter.
 */
export interface KernelColumn {
  /**
   * @param values centres in the first `count` places, 0 … 1; copied.
   * @param dimensions of the density that the column is part of.
   */
  fit(values: Float64Array, count: number, dimensions: number): void;
  /** Adds to `sums[k]` the log density of kernel k at a point, for all k. */
  addLogDensities(unit: number, sums: Float64Array): void;
  /** A point from kernel `k`. */
  draw(k: number, random: Random): number;
  /** A point from the prior. */
  drawPrior(random: Random): number;
}
