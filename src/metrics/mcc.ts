import { countClasses } from './confusion.js';
import { classificationMetric } from './define-metric.js';

/**
 * Matthews correlation coefficient for any number of classes: the R_K statistic of Gorodkin (2004), "Comparing two
 * K-category assignments by a K-category correlation coefficient". 0 when the truth or the prediction is constant.
 */
export const mcc = classificationMetric({
  name: 'mcc',
  goal: 'maximize',
  summary: 'Matthews correlation coefficient: -1 to 1, 0 for guessing',
  needs: 'values',
  binaryOnly: false,
  score(truth, predicted) {
    const counts = countClasses(truth, predicted.values);
    const rows = truth.values.length;
    let correct = 0;
    let together = 0;
    let actualSquares = 0;
    let predictedSquares = 0;
    for (let label = 0; label < truth.classes.length; label++) {
      correct += counts.correct[label]!;
      together += counts.actual[label]! * counts.predicted[label]!;
      actualSquares += counts.actual[label]! ** 2;
      predictedSquares += counts.predicted[label]! ** 2;
    }
    const spread = (rows * rows - predictedSquares) * (rows * rows - actualSquares);
    return spread === 0 ? 0 : (correct * rows - together) / Math.sqrt(spread);
  },
});
