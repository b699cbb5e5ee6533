import { boundedValues } from '../bounded-values.js';
import { refuseMissing } from '../refuse-missing.js';
import { SavedFields } from '../saved-model.js';
import type { Model, TrainingSet } from '../trainer.js';
import { factorCholesky, solveCholesky } from './cholesky.js';
import { ScalarColumnPasses } from './column-passes.js';
import { gramOfColumns, gramOfRows } from './gram.js';
import { LinearOutputs } from './linear-outputs.js';
import { rowShares } from './row-shares.js';
import { standardizeColumns } from './standardized-columns.js';

/** The identity of the dual, as a share of the largest element beside it; with less of it dependent rows drown in rounding. */
const LEAST_IDENTITY = 1e-10;

/** @param alpha strength of the penalty. @throws TrainerError */
export function fitRidge(train: TrainingSet, alpha: number): Model {
  refuseMissing('ridge', train.features, train.columns);
  return ridgeModel(solve(train, alpha), train.columns);
}

export function loadRidge(saved: unknown): Model {
  const fields = SavedFields.open(saved, 'ridge', 1);
  return ridgeModel(LinearOutputs.load(fields.object('functions')), fields.texts('columns'));
}

function ridgeModel(functions: LinearOutputs, columns: readonly string[]): Model {
  return {
    predict(features) {
      refuseMissing('ridge', features, columns);
      return functions.evaluate(features);
    },
    toJSON: () => ({ trainer: 'ridge', version: 1, columns, functions: functions.toJSON() }),
  };
}

/**
 * Minimises sum of w (y - X b - c)^2 + alpha |b|^2, c unpenalised. Solved for v = b x deviation over standardised
 * columns Z, where the penalty is v' D v, D = alpha / deviation^2: by (Z'WZ + D) v = Z'Wy, or, where columns outnumber
 * rows, in the rows' dual: v = D^-1 Z' a, (Z D^-1 Z' + W^-1) a = y. In the dual a penalty that rounding would lose is
 * raised to what it keeps, which leaves the shortest of the least-squares solutions.
 */
function solve(train: TrainingSet, alpha: number): LinearOutputs {
  const { weights } = train;
  const features = { ...train.features, data: boundedValues(train.features.data) };
  const target = boundedValues(train.target);
  const { rows } = features;
  const shares = rowShares(rows, weights);
  const { data, kept, means, deviations } = standardizeColumns(new ScalarColumnPasses(features, shares));
  const columns = kept.length;
  let targetMean = 0;
  for (let i = 0; i < rows; i++) targetMean += shares[i]! * target[i]!;
  // Rows are multiplied by the root of their weight, which leaves an unweighted problem.
  const residual = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const root = weights === undefined ? 1 : Math.sqrt(weights[i]!);
    residual[i] = root * (target[i]! - targetMean);
    if (root !== 1) for (let j = 0; j < columns; j++) data[i * columns + j]! *= root;
  }
  const penalty = deviations.map((deviation) => Math.min(alpha / deviation / deviation, Number.MAX_VALUE));
  const useDual = columns > rows && penalty.every((value) => value > 0 && Number.isFinite(1 / value));
  const v = useDual ? solveDual(data, rows, residual, penalty) : solvePrimal(data, rows, residual, penalty);
  const coefficients = new Float64Array(features.columns);
  let intercept = targetMean;
  for (let j = 0; j < columns; j++) {
    const coefficient = v[j]! / deviations[j]!;
    coefficients[kept[j]!] = coefficient;
    intercept -= coefficient * means[j]!;
  }
  return new LinearOutputs(coefficients, Float64Array.of(intercept));
}

function solvePrimal(data: Float64Array, rows: number, residual: Float64Array, penalty: Float64Array): Float64Array {
  const columns = penalty.length;
  const gram = gramOfColumns(data, rows, columns);
  for (let j = 0; j < columns; j++) gram[j * columns + j]! += penalty[j]!;
  const v = transposeTimes(data, rows, columns, residual);
  factorCholesky(gram, columns);
  solveCholesky(gram, columns, v);
  return v;
}

function solveDual(data: Float64Array, rows: number, residual: Float64Array, penalty: Float64Array): Float64Array {
  const columns = penalty.length;
  const roots = penalty.map((value) => 1 / Math.sqrt(value));
  const scaled = data.map((value, at) => value * roots[at % columns]!);
  const gram = gramOfRows(scaled, rows, columns);
  let largest = 0;
  for (let i = 0; i < rows; i++) largest = Math.max(largest, gram[i * rows + i]!);
  const identity = Math.max(1, LEAST_IDENTITY * largest);
  for (let i = 0; i < rows; i++) gram[i * rows + i]! += identity;
  factorCholesky(gram, rows);
  const dual = residual.slice();
  solveCholesky(gram, rows, dual);
  return transposeTimes(scaled, rows, columns, dual).map((value, j) => value * roots[j]!);
}

/** Z'r. */
function transposeTimes(data: Float64Array, rows: number, columns: number, vector: Float64Array): Float64Array {
  const product = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0, at = i * columns; j < columns; j++) product[j]! += data[at + j]! * vector[i]!;
  }
  return product;
}
