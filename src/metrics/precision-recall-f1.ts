import { type ClassCounts, countClasses } from './confusion.js';
import { classificationMetric } from './define-metric.js';

/** 0 / 0 counts as 0, as in scikit-learn by default. */
function ratio(numerator: number, denominator: number): number {
  return denominator === 0 ? 0 : numerator / denominator;
}

function f1Of(counts: ClassCounts, label: number): number {
  return ratio(2 * counts.correct[label]!, counts.actual[label]! + counts.predicted[label]!);
}

/** Of the rows called positive, the share that is. 0 when none is called positive. */
export const precision = classificationMetric({
  name: 'precision',
  goal: 'maximize',
  summary: 'of the rows called positive, the share that is (two classes)',
  needs: 'values',
  binaryOnly: true,
  score(truth, predicted) {
    const counts = countClasses(truth, predicted.values);
    return ratio(counts.correct[truth.positive]!, counts.predicted[truth.positive]!);
  },
});

/** Of the positive rows, the share that is found. 0 when there are none. */
export const recall = classificationMetric({
  name: 'recall',
  goal: 'maximize',
  summary: 'of the positive rows, the share that is found (two classes)',
  needs: 'values',
  binaryOnly: true,
  score(truth, predicted) {
    const counts = countClasses(truth, predicted.values);
    return ratio(counts.correct[truth.positive]!, counts.actual[truth.positive]!);
  },
});

/** Harmonic mean of precision and recall of the positive class. 0 when it is neither true nor predicted anywhere. */
export const f1 = classificationMetric({
  name: 'f1',
  goal: 'maximize',
  summary: 'harmonic mean of precision and recall of the positive class (two classes)',
  needs: 'values',
  binaryOnly: true,
  score: (truth, predicted) => f1Of(countClasses(truth, predicted.values), truth.positive),
});

/** Mean F1 over the classes that are true or predicted in some row, each class counting alike. */
export const f1Macro = classificationMetric({
  name: 'f1_macro',
  goal: 'maximize',
  summary: 'mean F1 over the classes',
  needs: 'values',
  binaryOnly: false,
  score(truth, predicted) {
    const counts = countClasses(truth, predicted.values);
    let sum = 0;
    let seen = 0;
    for (let label = 0; label < truth.classes.length; label++) {
      if (counts.actual[label] === 0 && counts.predicted[label] === 0) continue;
      sum += f1Of(counts, label);
      seen++;
    }
    return sum / seen;
  },
});
