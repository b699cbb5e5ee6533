import { boundedValue } from '../bounded-values.js';
import type { Matrix } from '../trainer.js';
import { CovarianceProducts, DirectProducts, type ResidualProducts } from './residual-products.js';
import { dotRow } from './row-products.js';
import { rowShares } from './row-shares.js';

export interface ElasticNetProblem {
  readonly features: Matrix;
  /** Length rows. */
  readonly target: Float64Array;
  /** A positive weight a row; only their proportions matter. */
  readonly weights?: Float64Array | undefined;
  readonly alpha: number;
  /** 1 is the lasso, 0 ridge. */
  readonly l1Ratio: number;
  readonly fitIntercept: boolean;
  readonly tolerance: number;
  readonly maxPasses: number;
}

export interface ElasticNetSolution {
  /** Length columns. */
  readonly coefficients: Float64Array;
  readonly intercept: number;
}

/** Columns that vary by less than it count as constant. */
const CONSTANT_SPREAD = 1e-100;

/**
 * minimise 1/(2n) |y - Xw|^2 + alpha l1Ratio |w|_1 + alpha (1 - l1Ratio)/2 |w|^2 by cyclic coordinate descent (Friedman,
 * Hastie and Tibshirani 2010), which ends when the duality gap is at most tolerance * |y|^2: the objective and the rule
 * of scikit-learn's `ElasticNet`.
 */
export function fitElasticNet(problem: ElasticNetProblem): ElasticNetSolution {
  const { rows, columns } = problem.features;
  const { data, centre, target, targetCentre } = centredColumns(problem);
  const l1 = problem.alpha * problem.l1Ratio * rows;
  const l2 = problem.alpha * (1 - problem.l1Ratio) * rows;
  const squares = new Float64Array(columns);
  for (let c = 0; c < columns; c++) squares[c] = columnSquare(data, c * rows, rows);
  const w = new Float64Array(columns);
  let products: ResidualProducts = new DirectProducts(data, target);
  const gapTolerance = problem.tolerance * columnSquare(target, 0, rows);
  for (let pass = 0; pass < problem.maxPasses; pass++) {
    // By then preparing the other way has cost no more than what was done so far.
    if (pass === Math.ceil(columns / 4) && columns <= rows) {
      products = new CovarianceProducts(data, columns, products.residual());
    }
    let largestChange = 0;
    let largest = 0;
    for (let c = 0; c < columns; c++) {
      const square = squares[c]!;
      if (square === 0) continue;
      const old = w[c]!;
      const product = products.product(c) + old * square;
      const value = (Math.sign(product) * Math.max(0, Math.abs(product) - l1)) / (square + l2);
      if (value !== old) {
        w[c] = value;
        products.move(c, value - old);
      }
      largestChange = Math.max(largestChange, Math.abs(value - old));
      largest = Math.max(largest, Math.abs(value));
    }
    if (largest === 0 || largestChange / largest < problem.tolerance) {
      if (dualityGap(products, target, w, l1, l2) <= gapTolerance) break;
    }
  }
  let intercept = targetCentre;
  for (let c = 0; c < columns; c++) intercept -= w[c]! * centre[c]!;
  return { coefficients: w, intercept: problem.fitIntercept ? intercept : 0 };
}

/** The gap between the objective (times n) and that of the dual point made from the residual. */
function dualityGap(products: ResidualProducts, target: Float64Array, w: Float64Array, l1: number, l2: number): number {
  const residual = products.residual();
  let dualNorm = 0;
  let absolute = 0;
  let squared = 0;
  for (let c = 0; c < w.length; c++) {
    dualNorm = Math.max(dualNorm, Math.abs(products.product(c) - l2 * w[c]!));
    absolute += Math.abs(w[c]!);
    squared += w[c]! * w[c]!;
  }
  const residualSquare = columnSquare(residual, 0, residual.length);
  const factor = dualNorm > l1 ? l1 / dualNorm : 1;
  return (
    0.5 * residualSquare * (1 + factor * factor) +
    l1 * absolute -
    factor * dotRow(target, 0, residual) +
    0.5 * l2 * (1 + factor * factor) * squared
  );
}

/** Column-major, centred, times the root of the weights (which are scaled to mean 1). */
function centredColumns(problem: ElasticNetProblem) {
  const { features, weights, fitIntercept } = problem;
  const { rows, columns } = features;
  const share = rowShares(rows, weights);
  const root = share.map((part) => Math.sqrt(part * rows));
  const data = new Float64Array(rows * columns);
  const centre = new Float64Array(columns);
  for (let c = 0; c < columns; c++) {
    let mean = 0;
    let largest = 0;
    for (let i = 0; i < rows; i++) {
      data[c * rows + i] = boundedValue(features.data[i * columns + c]!);
      mean += share[i]! * data[c * rows + i]!;
    }
    if (fitIntercept) centre[c] = mean;
    for (let i = 0; i < rows; i++) {
      const value = data[c * rows + i]! - centre[c]!;
      largest = Math.max(largest, Math.abs(value));
      data[c * rows + i] = value * root[i]!;
    }
    if (largest < CONSTANT_SPREAD) data.fill(0, c * rows, (c + 1) * rows);
  }
  let targetCentre = 0;
  if (fitIntercept) for (let i = 0; i < rows; i++) targetCentre += share[i]! * boundedValue(problem.target[i]!);
  const target = root.map((factor, i) => (boundedValue(problem.target[i]!) - targetCentre) * factor);
  return { data, centre, target, targetCentre };
}

function columnSquare(data: Float64Array, offset: number, rows: number): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += data[offset + i]! * data[offset + i]!;
  return sum;
}
