/** Trials that count in full, the newest ones; before them weights fall off. */
const FULL_WEIGHT_TRIALS = 25;

/**
 * By how much each good trial beats the best one that is not good (S. Watanabe, arXiv:2304.11127, Section 3.2.2, "EI"),
 * scaled to a mean of 1. All alike where no trial is left to compare with, or all are equal.
 * @param losses by place among the good ones, in the first `count` places.
 * @param threshold loss of the best trial that is not good; Infinity when none has a score.
 */
export function improvementWeights(losses: Float64Array, count: number, threshold: number, out: Float64Array): void {
  let total = 0;
  for (let k = 0; k < count; k++) {
    out[k] = threshold - losses[k]!;
    total += out[k]!;
  }
  const mean = total / count;
  const usable = mean > 0 && Number.isFinite(mean);
  for (let k = 0; k < count; k++) out[k] = usable ? out[k]! / mean : 1;
}

/**
 * Old trials count less, down to 1 / n for the first (J. Bergstra et al., "Making a science of model search", ICML
 * 2013, with the constants of Hyperopt and Optuna), scaled to a mean of 1.
 */
export function recencyWeights(count: number, out: Float64Array): void {
  const ramp = count - FULL_WEIGHT_TRIALS;
  const first = 1 / count;
  let total = 0;
  for (let k = 0; k < count; k++) {
    out[k] = k >= ramp ? 1 : ramp === 1 ? first : first + ((1 - first) * k) / (ramp - 1);
    total += out[k]!;
  }
  for (let k = 0; k < count; k++) out[k]! *= count / total;
}
