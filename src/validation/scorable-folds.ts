import type { Dataset } from '../data/dataset.js';
import { DataError } from '../errors.js';
import type { Metric, Predicted, Truth } from '../metrics/metric.js';
import { truthOf } from './fold-truth.js';
import type { Fold } from './splitter.js';

/**
 * Checks that each fold can be trained and scored at all, so that a study whose every trial would fail does not start:
 * the training rows hold two classes or more, and a perfect prediction of the test rows has a score.
 *
 * @param name of the fold for the message: `fold 2 of 5`, `the holdout`.
 * @throws DataError naming the fold, and the metric or class concerned.
 */
export function refuseUnscorable(dataset: Dataset, fold: Fold, name: string, metrics: readonly Metric[]): void {
  const target = dataset.target;
  if (target.task === 'classification') {
    const labels = target.values;
    const first = labels[fold.train[0]!]!;
    if (fold.train.every((row) => labels[row] === first)) {
      throw new DataError(
        `${name} has the class '${target.classes[first]}' only among its ${fold.train.length} training rows`,
        {
          hint: 'divide the rows otherwise: evaluation.cv.kind: stratified, fewer folds, or another column',
        },
      );
    }
  }
  const truth = truthOf(dataset, fold.test);
  const perfect = perfectPrediction(truth);
  for (const metric of metrics) {
    if (!Number.isNaN(metric.score(truth, perfect))) continue;
    const rows = fold.test.length === 1 ? '1 test row' : `${fold.test.length} test rows`;
    throw new DataError(`${metric.name} is undefined for ${name}: ${rows}${classesIn(truth)}`, {
      hint: `${target.task === 'classification' ? 'set evaluation.cv.kind: stratified, ' : ''}lower evaluation.cv.folds, or use another metric than ${metric.name}`,
    });
  }
}

function classesIn(truth: Truth): string {
  if (truth.task === 'regression') return '';
  return `, with rows of ${new Set(truth.values).size} of ${truth.classes.length} classes`;
}

function perfectPrediction(truth: Truth): Predicted {
  if (truth.task === 'regression') return { values: truth.values };
  const classes = truth.classes.length;
  const probabilities = new Float64Array(truth.values.length * classes);
  for (let row = 0; row < truth.values.length; row++) probabilities[row * classes + truth.values[row]!] = 1;
  return { values: truth.values, probabilities };
}
