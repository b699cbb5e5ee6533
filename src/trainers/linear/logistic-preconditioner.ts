import { factorCholesky, solveCholesky } from './cholesky.js';
import { gramOfColumns } from './gram.js';
import type { LogisticProblem } from './logistic-loss.js';

/** Share of the diagonal in the guess: the curvature that rows have differs, the more the better they are told apart. */
const DIAGONAL_SHARE = 0.1;

/**
 * Multiplies a vector by the inverse of a guess of the Hessian: that at equal class probabilities, up to a factor where
 * there are many classes. It takes correlations between columns into account (Böhning, "Multinomial logistic regression
 * algorithm", Annals of the Institute of Statistical Mathematics 44 (1992), bounds the Hessian so), learned from as many
 * rows as two passes over all would cost, where factoring costs no more than that; else it is diagonal.
 * @param problem over standardised columns, so that intercepts stand apart.
 */
export function createPreconditioner(problem: LogisticProblem): (vector: Float64Array) => void {
  const { rows, columns, outputs, weights, penalty } = problem;
  let totalWeight = 0;
  for (let i = 0; i < rows; i++) totalWeight += weights === undefined ? 1 : weights[i]!;
  const curvature = totalWeight * (outputs === 1 ? 0.25 : 1 / outputs);
  if (8 * columns > rows || columns * columns > 12 * rows * outputs) return diagonal(problem, curvature);
  const factor = sampledCorrelations(problem, totalWeight);
  for (let j = 0; j < columns; j++) {
    for (let k = 0; k < j; k++) factor[j * columns + k]! *= (1 - DIAGONAL_SHARE) * curvature;
    factor[j * columns + j] =
      curvature * (DIAGONAL_SHARE + (1 - DIAGONAL_SHARE) * factor[j * columns + j]!) + penalty[j]!;
  }
  factorCholesky(factor, columns);
  return (vector) => {
    for (let k = 0; k < outputs; k++) solveCholesky(factor, columns, vector, k * columns);
    for (let k = 0, at = outputs * columns; k < outputs; k++, at++) vector[at]! /= curvature;
  };
}

function diagonal({ columns, outputs, penalty }: LogisticProblem, curvature: number): (vector: Float64Array) => void {
  return (vector) => {
    let at = 0;
    for (let k = 0; k < outputs; k++) {
      for (let j = 0; j < columns; j++, at++) vector[at]! /= curvature + penalty[j]!;
    }
    for (let k = 0; k < outputs; k++, at++) vector[at]! /= curvature;
  };
}

/** Z'WZ over the sum of W, of every so many-th row. */
function sampledCorrelations(
  { data, rows, columns, outputs, weights }: LogisticProblem,
  totalWeight: number,
): Float64Array {
  const stride = Math.max(1, Math.ceil(columns / (8 * outputs)));
  const count = Math.ceil(rows / stride);
  const sample = new Float64Array(count * columns);
  let sampledShare = 0;
  for (let i = 0, from = 0, to = 0; i < count; i++, from += stride * columns) {
    const share = (weights === undefined ? 1 : weights[i * stride]!) / totalWeight;
    const root = Math.sqrt(share);
    sampledShare += share;
    for (let j = 0; j < columns; j++) sample[to++] = root * data[from + j]!;
  }
  const gram = gramOfColumns(sample, count, columns);
  for (let at = 0; at < gram.length; at++) gram[at]! /= sampledShare;
  return gram;
}
