import { classificationMetric } from './define-metric.js';

/** Share of the rows whose class is right. */
export const accuracy = classificationMetric({
  name: 'accuracy',
  goal: 'maximize',
  summary: 'share of rows whose class is right',
  needs: 'values',
  binaryOnly: false,
  score(truth, predicted) {
    const actual = truth.values;
    const guesses = predicted.values;
    let correct = 0;
    for (let row = 0; row < actual.length; row++) if (actual[row] === guesses[row]) correct++;
    return correct / actual.length;
  },
});
