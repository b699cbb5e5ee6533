/** Gives the bandwidth of the kernels of one column, in units of the coordinate. */
export type BandwidthRule = (values: Float64Array, count: number, dimensions: number) => number;

/** No kernel is narrower: below this a density describes noise and duplicates. */
export const SMALLEST_BANDWIDTH = 0.01;
/** Half of the normal reference rule, which oversmooths where there is more than one mode. */
const REFERENCE_SHARE = 0.5;
const BAD_SCALE = 0.1;
/** Variance of the uniform distribution over the unit interval. */
const UNIFORM_VARIANCE = 1 / 12;

/**
 * Scott's rule, s n^(-1/(d + 4)) (D. W. Scott, Multivariate Density Estimation (1992), Eq. 6.42), halved. The deviation
 * s is that of the values together with one observation of the prior, so that kernels narrow down as good trials gather
 * around an optimum, and a single value keeps a wide one.
 */
export const goodBandwidth: BandwidthRule = (values, count, dimensions) => {
  let mean = 0;
  for (let i = 0; i < count; i++) mean += values[i]!;
  mean /= count;
  let squares = UNIFORM_VARIANCE;
  for (let i = 0; i < count; i++) squares += (values[i]! - mean) ** 2;
  const deviation = Math.sqrt(squares / (count + 1));
  return clip(REFERENCE_SHARE * deviation * count ** (-1 / (dimensions + 4)));
};

/**
 * Scott's rule with a constant for the deviation (as S. Falkner et al., "BOHB", ICML 2018, and Optuna use it; 0.1 where
 * Optuna has 0.2): bad trials lie all over the range, and a kernel says how far around one of them to expect the same.
 */
export const badBandwidth: BandwidthRule = (_, count, dimensions) => clip(BAD_SCALE * count ** (-1 / (dimensions + 4)));

function clip(bandwidth: number): number {
  return Math.min(Math.max(bandwidth, SMALLEST_BANDWIDTH), 1);
}
