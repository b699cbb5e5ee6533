import { minimize } from '../../optimization/l-bfgs.js';
import { LinearOutputs } from './linear-outputs.js';
import { type LogisticProblem, logisticObjective } from './logistic-loss.js';
import { createPreconditioner } from './logistic-preconditioner.js';
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
): LinearOutputs {
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
  return new LinearOutputs(coefficients, intercepts);
}
