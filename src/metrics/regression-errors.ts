import { regressionMetric } from './define-metric.js';

/** Square root of the mean squared error, in the target's unit. */
export const rmse = regressionMetric({
  name: 'rmse',
  goal: 'minimize',
  summary: "root mean squared error, in the target's unit",
  score(truth, predicted) {
    let sum = 0;
    for (let row = 0; row < truth.length; row++) sum += (predicted[row]! - truth[row]!) ** 2;
    return Math.sqrt(sum / truth.length);
  },
});

/** Mean absolute error, in the target's unit. */
export const mae = regressionMetric({
  name: 'mae',
  goal: 'minimize',
  summary: "mean absolute error, in the target's unit",
  score(truth, predicted) {
    let sum = 0;
    for (let row = 0; row < truth.length; row++) sum += Math.abs(predicted[row]! - truth[row]!);
    return sum / truth.length;
  },
});

/**
 * Mean absolute error as a share of the truth: 0.1 is ten per cent. As in scikit-learn a truth nearer to 0 than 2^-52
 * counts as 2^-52, so a target with zeros gives huge numbers: use mae there.
 */
export const mape = regressionMetric({
  name: 'mape',
  goal: 'minimize',
  summary: 'mean absolute error as a share of the truth (0.1 is ten per cent)',
  score(truth, predicted) {
    let sum = 0;
    for (let row = 0; row < truth.length; row++) {
      sum += Math.abs(predicted[row]! - truth[row]!) / Math.max(Math.abs(truth[row]!), Number.EPSILON);
    }
    return sum / truth.length;
  },
});

/** Median absolute error, in the target's unit; between two middle rows their mean. */
export const medianAe = regressionMetric({
  name: 'median_ae',
  goal: 'minimize',
  summary: "median absolute error, in the target's unit",
  score(truth, predicted) {
    const errors = new Float64Array(truth.length);
    for (let row = 0; row < truth.length; row++) errors[row] = Math.abs(predicted[row]! - truth[row]!);
    errors.sort();
    const middle = errors.length >> 1;
    return errors.length % 2 === 1 ? errors[middle]! : (errors[middle - 1]! + errors[middle]!) / 2;
  },
});
