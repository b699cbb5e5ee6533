import { minimize } from '../../optimization/l-bfgs.js';
import type { LinearFunctions } from './linear-scores.js';
import { type LogisticProblem, logisticObjective } from './logistic-loss.js';
import type { StandardizedColumns } from './standardized-columns.js';

/** More than the usual 10: a pair costs little beside a pass over the rows, and saves passes. */
const MEMORY = 20;

export interface LogisticOptions {
  readonly c: number;
  readonly maxIterations: number;
  /** Largest gradient component, and a hundred times the relative improvement, at which the fit ends. */
  readonly tolerance: number;
}

/**
 * Fits penalised logistic regression by L-BFGS over standardised columns; the penalty stays that of the coefficients
 * over the columns as given, so only the path to the optimum differs.
 * @param labels 0 … outputs - 1; with one output 1 is the positive class.
 * @param columnCount columns as given, before those without spread were left out.
 */
export function fitLogistic(
  standardized: StandardizedColumns,
  labels: Int32Array,
  outputs: number,
  weights: Float64Array | undefined,
  columnCount: number,
  options: LogisticOptions,
): LinearFunctions {
  const { data, kept, means, deviations } = standardized;
  const columns = kept.length;
  const rows = labels.length;
  const penalty = deviations.map((spread) => Math.min(1 / options.c / spread / spread, 1e100));
  const problem: LogisticProblem = { data, rows, columns, labels, outputs, weights, penalty };
  const start = new Float64Array(outputs * (columns + 1));
  const { x } = minimize(logisticObjective(problem), start, {
    memory: MEMORY,
    maxIterations: options.maxIterations,
    gradientTolerance: options.tolerance,
    valueTolerance: options.tolerance / 100,
    firstStep: 1,
    precondition: createPreconditioner(problem),
  });
  const coefficients = new Float64Array(outputs * columnCount);
  const intercepts = new Float64Array(outputs);
  for (let k = 0; k < outputs; k++) {
    intercepts[k] = x[outputs * columns + k]!;
    for (let j = 0; j < columns; j++) {
      const coefficient = x[k * columns + j]! / deviations[j]!;
      coefficients[k * columnCount + kept[j]!] = coefficient;
      intercepts[k]! -= coefficient * means[j]!;
    }
  }
  return { coefficients, intercepts };
}

/** Divides by the diagonal of the Hessian at equal class probabilities, up to a factor where there are many classes. */
function createPreconditioner(problem: LogisticProblem): (vector: Float64Array) => void {
  const { rows, columns, outputs, weights, penalty } = problem;
  let totalWeight = 0;
  for (let i = 0; i < rows; i++) totalWeight += weights === undefined ? 1 : weights[i]!;
  const curvature = totalWeight * (outputs === 1 ? 0.25 : 1 / outputs);
  return (vector) => {
    let at = 0;
    for (let k = 0; k < outputs; k++) {
      for (let j = 0; j < columns; j++, at++) vector[at]! /= curvature + penalty[j]!;
    }
    for (let k = 0; k < outputs; k++, at++) vector[at]! /= curvature;
  };
}
