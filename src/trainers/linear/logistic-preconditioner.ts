import { factorCholesky, solveCholesky } from './cholesky.js';
import type { LogisticProblem } from './logistic-loss.js';
import { mostGramColumns } from './logistic-products.js';

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
  const totalWeight = weights === undefined ? rows : weights.reduce((sum, weight) => sum + weight, 0);
  const curvature = totalWeight * (outputs === 1 ? 0.25 : 1 / outputs);
  if (columns > mostGramColumns(rows) || columns * columns > 12 * rows * outputs) return diagonal(problem, curvature);
  const factor = sampledCorrelations(problem);
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
function sampledCorrelations({ products, shares, rows, columns, outputs }: LogisticProblem): Float64Array {
  const step = Math.max(1, Math.ceil(columns / (8 * outputs)));
  let sampledShare = 0;
  for (let i = 0; i < rows; i += step) sampledShare += shares[i]!;
  const gram = products.gram(step);
  for (let i = 0; i < columns; i++) {
    for (let j = i; j < columns; j++) {
      gram[i * columns + j]! /= sampledShare;
      gram[j * columns + i] = gram[i * columns + j]!;
    }
  }
  return gram;
}
