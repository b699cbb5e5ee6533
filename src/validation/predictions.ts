import type { Matrix } from '../matrix.js';
import type { Metric, Predicted, Truth } from '../metrics/metric.js';

/** What a study's metrics read of a model; the same for every trial. */
export interface PredictionNeeds {
  readonly values: boolean;
  readonly probabilities: boolean;
  readonly ranking: boolean;
}

export function predictionNeeds(metrics: readonly Metric[]): PredictionNeeds {
  return {
    values: metrics.some((metric) => metric.needs === 'values'),
    probabilities: metrics.some((metric) => metric.needs === 'probabilities'),
    ranking: metrics.some((metric) => metric.needs === 'ranking'),
  };
}

type Later<T> = T | Promise<T>;

/** A model that may take its time to answer; those of our own do not. */
export interface AsyncModel {
  predict(features: Matrix): Later<Float64Array>;
  predictProba?(features: Matrix): Later<Float64Array>;
  decision?(features: Matrix): Later<Float64Array>;
}

/** How far the sum of a row's probabilities may be from 1: enough for models that compute in single precision. */
const SUM_TOLERANCE = 1e-4;
const UNREAD = new Float64Array(0);

/**
 * Asks a model for what is needed and no more; values that nobody reads are empty.
 *
 * @throws Error when the model gives too few or too many numbers, or such as cannot be scored; the message is the
 *   reason of a failed trial.
 */
export async function predict(
  model: AsyncModel,
  features: Matrix,
  truth: Truth,
  needs: PredictionNeeds,
): Promise<Predicted> {
  const classes = truth.task === 'classification' ? truth.classes.length : 0;
  // Where a model has decision values they rank, also when probabilities are at hand for other metrics: a score must
  // not depend on what else is reported.
  const byDecision = needs.ranking && classes === 2 && model.decision !== undefined;
  const values = needs.values ? checkedValues(await model.predict(features), features.rows, classes) : UNREAD;
  const decision = byDecision ? checkedDecision(await model.decision!(features), truth, features.rows) : undefined;
  const probabilities =
    needs.probabilities || (needs.ranking && !byDecision)
      ? checkedProbabilities(await model.predictProba?.(features), classes, features.rows)
      : undefined;
  return { values, ...(decision && { decision }), ...(probabilities && { probabilities }) };
}

function checkedValues(values: Float64Array, rows: number, classes: number): Float64Array {
  refuseLength('predict', values, rows);
  for (let row = 0; row < rows; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) throw new Error(`predict gave NaN for test row ${row + 1} of ${rows}`);
    if (classes > 0 && !(Number.isInteger(value) && value >= 0 && value < classes)) {
      throw new Error(`predict must give class indices 0 to ${classes - 1}, got ${value}`);
    }
  }
  return values;
}

function checkedDecision(decision: Float64Array, truth: Truth, rows: number): Float64Array {
  refuseLength('decision', decision, rows);
  for (let row = 0; row < rows; row++) {
    if (Number.isNaN(decision[row]!)) throw new Error(`decision gave NaN for test row ${row + 1} of ${rows}`);
  }
  // Models speak of class 1, metrics of the positive one.
  return truth.task === 'classification' && truth.positive === 0 ? decision.map((value) => -value) : decision;
}

function checkedProbabilities(probabilities: Float64Array | undefined, classes: number, rows: number): Float64Array {
  if (probabilities === undefined) throw new Error('the model gives no probabilities, which the metrics need');
  refuseLength('predictProba', probabilities, rows * classes);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let index = row * classes; index < (row + 1) * classes; index++) {
      const probability = probabilities[index]!;
      if (!(probability >= 0)) {
        throw new Error(`predictProba gave ${probability} for test row ${row + 1} of ${rows}`);
      }
      sum += probability;
    }
    if (Math.abs(sum - 1) > SUM_TOLERANCE) {
      throw new Error(`predictProba must give rows that sum to 1, got ${sum} for test row ${row + 1}`);
    }
  }
  return probabilities;
}

function refuseLength(method: string, given: Float64Array, expected: number): void {
  if (given.length !== expected) throw new Error(`${method} must give ${expected} numbers, got ${given.length}`);
}
