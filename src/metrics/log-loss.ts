import { classificationMetric } from './define-metric.js';

/**
 * Mean negative logarithm of the probability given to the true class. As in scikit-learn 1.2, probabilities are clipped
 * to [2^-52, 1 - 2^-52] and each row is then divided by its sum.
 */
export const logLoss = classificationMetric({
  name: 'log_loss',
  goal: 'minimize',
  summary: 'mean negative logarithm of the probability of the true class',
  needs: 'probabilities',
  binaryOnly: false,
  score(truth, predicted) {
    const probabilities = predicted.probabilities;
    if (probabilities === undefined) return Number.NaN;
    const classes = truth.classes.length;
    const rows = truth.values.length;
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      const start = row * classes;
      let total = 0;
      for (let label = 0; label < classes; label++) total += clip(probabilities[start + label]!);
      sum -= Math.log(clip(probabilities[start + truth.values[row]!]!) / total);
    }
    return sum / rows;
  },
});

function clip(probability: number): number {
  return Math.min(Math.max(probability, Number.EPSILON), 1 - Number.EPSILON);
}
