import { classificationMetric } from './define-metric.js';

/** Mean squared difference between the probability of the positive class and what happened (0 or 1). */
export const brier = classificationMetric({
  name: 'brier',
  goal: 'minimize',
  summary: 'mean squared error of the probability of the positive class (two classes)',
  needs: 'probabilities',
  binaryOnly: true,
  score(truth, predicted) {
    const probabilities = predicted.probabilities;
    if (probabilities === undefined) return Number.NaN;
    const classes = truth.classes.length;
    const rows = truth.values.length;
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      const happened = truth.values[row] === truth.positive ? 1 : 0;
      sum += (probabilities[row * classes + truth.positive]! - happened) ** 2;
    }
    return sum / rows;
  },
});
