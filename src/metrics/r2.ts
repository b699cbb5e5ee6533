import { regressionMetric } from './define-metric.js';

/**
 * Coefficient of determination, 1 - (squared error) / (squared deviation of the truth from its mean): 1 is perfect, 0
 * is as good as the mean, below is worse. As in scikit-learn a constant truth gives 1 when it is hit exactly, else 0;
 * a single row gives NaN.
 */
export const r2 = regressionMetric({
  name: 'r2',
  goal: 'maximize',
  summary: 'share of the variance that is explained: 1 is perfect, 0 as good as the mean',
  score(truth, predicted) {
    const rows = truth.length;
    if (rows < 2) return Number.NaN;
    let mean = 0;
    for (let row = 0; row < rows; row++) mean += truth[row]!;
    mean /= rows;
    let residual = 0;
    let total = 0;
    let constant = true;
    for (let row = 0; row < rows; row++) {
      residual += (truth[row]! - predicted[row]!) ** 2;
      total += (truth[row]! - mean) ** 2;
      if (truth[row] !== truth[0]) constant = false;
    }
    if (constant) return residual === 0 ? 1 : 0;
    return 1 - residual / total;
  },
});
