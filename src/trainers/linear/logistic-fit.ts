import { minimize } from '../../optimization/l-bfgs.js';
import { boundedValues, VALUE_LIMIT } from '../bounded-values.js';
import { refuseMissing } from '../refuse-missing.js';
import type { TrainingSet } from '../trainer.js';
import { LinearOutputs } from './linear-outputs.js';
import { type LogisticProblem, logisticObjective } from './logistic-loss.js';
import { createPreconditioner } from './logistic-preconditioner.js';
import { rowShares } from './row-shares.js';
import { standardizeColumns } from './standardized-columns.js';
import { createLogisticProducts } from './wasm-logistic-products.js';

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
 * @throws TrainerError where a value is not a finite number.
 */
export function fitLogistic(
  train: Pick<TrainingSet, 'features' | 'columns'>,
  labels: Int32Array,
  outputs: number,
  weights: Float64Array | undefined,
  options: LogisticOptions,
): LinearOutputs {
  const { features } = train;
  const { rows } = features;
  const shares = rowShares(rows, weights);
  const products = createLogisticProducts(features, shares, outputs);
  const { finite, greatest, kept, means, deviations } = standardizeColumns(products);
  if (!finite) refuseMissing('logistic-regression', features, train.columns);
  if (greatest > VALUE_LIMIT) {
    // As the model will take them; only now, for there hardly ever is one.
    const bounded = { ...features, data: boundedValues(features.data) };
    return fitLogistic({ ...train, features: bounded }, labels, outputs, weights, options);
  }
  const columns = kept.length;
  const penalty = deviations.map((spread) => Math.min(1 / options.c / spread / spread, 1e100));
  const problem: LogisticProblem = { products, rows, columns, labels, outputs, weights, shares, penalty };
  const start = new Float64Array(outputs * (columns + 1));
  const { x } = minimize(logisticObjective(problem), start, {
    memory: MEMORY,
    maxIterations: options.maxIterations,
    gradientTolerance: options.tolerance,
    valueTolerance: options.tolerance / 100,
    firstStep: 1,
    precondition: createPreconditioner(problem),
  });
  const coefficients = new Float64Array(outputs * features.columns);
  const intercepts = new Float64Array(outputs);
  for (let k = 0; k < outputs; k++) {
    intercepts[k] = x[outputs * columns + k]!;
    for (let j = 0; j < columns; j++) {
      const coefficient = x[k * columns + j]! / deviations[j]!;
      coefficients[k * features.columns + kept[j]!] = coefficient;
      intercepts[k]! -= coefficient * means[j]!;
    }
  }
  return new LinearOutputs(coefficients, intercepts);
}
