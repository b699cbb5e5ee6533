import type { ClassificationTruth } from './define-metric.js';

/** How often each class is true, is predicted, and is both; each of length classes. */
export interface ClassCounts {
  readonly actual: Float64Array;
  readonly predicted: Float64Array;
  readonly correct: Float64Array;
}

/** The margins and the diagonal of the confusion matrix: all that the label metrics read. */
export function countClasses(truth: ClassificationTruth, predicted: Float64Array): ClassCounts {
  const classes = truth.classes.length;
  const counts = {
    actual: new Float64Array(classes),
    predicted: new Float64Array(classes),
    correct: new Float64Array(classes),
  };
  const actual = truth.values;
  for (let row = 0; row < actual.length; row++) {
    const label = actual[row]!;
    const guess = predicted[row]!;
    counts.actual[label]! += 1;
    counts.predicted[guess]! += 1;
    if (label === guess) counts.correct[label]! += 1;
  }
  return counts;
}
