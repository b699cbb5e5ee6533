import { countClasses } from './confusion.js';
import { classificationMetric } from './define-metric.js';

/** Mean recall of the classes that occur in the truth, as scikit-learn's `balanced_accuracy_score`. */
export const balancedAccuracy = classificationMetric({
  name: 'balanced_accuracy',
  goal: 'maximize',
  summary: 'mean recall over the classes',
  needs: 'values',
  binaryOnly: false,
  score(truth, predicted) {
    const counts = countClasses(truth, predicted.values);
    let sum = 0;
    let present = 0;
    for (let label = 0; label < truth.classes.length; label++) {
      if (counts.actual[label] === 0) continue;
      sum += counts.correct[label]! / counts.actual[label]!;
      present++;
    }
    return sum / present;
  },
});
