import { classificationMetric } from './define-metric.js';
import { rankingScores } from './ranking-scores.js';

/**
 * Average precision, the step-wise area under the precision-recall curve: sum over thresholds of (gain in recall) x
 * (precision there), as scikit-learn's `average_precision_score`. Rows of equal score pass a threshold together. NaN
 * when there is no positive row.
 */
export const prAuc = classificationMetric({
  name: 'pr_auc',
  goal: 'maximize',
  summary: 'average precision: area under the precision-recall curve (two classes)',
  needs: 'ranking',
  binaryOnly: true,
  score(truth, predicted) {
    const scores = rankingScores(truth, predicted, truth.positive);
    if (scores === undefined) return Number.NaN;
    const { positives, negatives } = scores;
    let found = 0;
    let falseAlarms = 0;
    let sum = 0;
    while (found < positives.length) {
      const threshold = positives[positives.length - 1 - found]!;
      const before = found;
      while (found < positives.length && positives[positives.length - 1 - found]! >= threshold) found++;
      while (falseAlarms < negatives.length && negatives[negatives.length - 1 - falseAlarms]! >= threshold) {
        falseAlarms++;
      }
      sum += ((found - before) * found) / (found + falseAlarms);
    }
    return sum / positives.length;
  },
});
