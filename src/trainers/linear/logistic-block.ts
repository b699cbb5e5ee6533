import { EXTRA_CURVATURE, ProximalStep } from './proximal-step.js';

/** One function of a penalised logistic model; `scores` is kept up to date for the others to read. */
export interface LogisticBlockProblem {
  /** Column-major. */
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
  /** 1 where the row is of this function's class. */
  readonly positive: Uint8Array;
  /** What the loss of each row is multiplied by. */
  readonly costs: Float64Array;
  /** w . x + intercept of each row. */
  readonly scores: Float64Array;
  readonly l1: number;
  readonly l2: number;
  readonly fitIntercept: boolean;
}

const SUFFICIENT_DECREASE = 0.01;
const MAX_HALVINGS = 30;

/** Proximal Newton steps for one function, the log-sum of the others as offset. */
export class LogisticBlock {
  readonly coefficients: Float64Array;
  intercept = 0;
  private readonly problem: LogisticBlockProblem;
  /** Derivatives of the loss by the score, a row. */
  private readonly slopes: Float64Array;
  private readonly curvatures: Float64Array;
  /** Gradient and curvature of the loss by coefficient, the intercept last. */
  private readonly gradient: Float64Array;
  private readonly diagonal: Float64Array;
  private readonly step: ProximalStep;

  constructor(problem: LogisticBlockProblem) {
    const { rows, columns } = problem;
    this.problem = problem;
    this.coefficients = new Float64Array(columns);
    this.slopes = new Float64Array(rows);
    this.curvatures = new Float64Array(rows);
    this.gradient = new Float64Array(columns + 1);
    this.diagonal = new Float64Array(columns + 1);
    const { coefficients, curvatures, gradient, diagonal } = this;
    this.step = new ProximalStep({ ...problem, coefficients, curvatures, gradient, diagonal });
  }

  /** One step. @param offset subtracted from the scores. @returns the largest violation of optimality before it. */
  improve(offset: Float64Array): number {
    this.differentiate(offset);
    const violation = this.step.solve();
    if (violation !== 0) this.search(offset);
    return violation;
  }

  private differentiate(offset: Float64Array): void {
    const { data, rows, columns, positive, costs, scores } = this.problem;
    const { slopes, curvatures, gradient, diagonal } = this;
    let slopeSum = 0;
    let curvatureSum = EXTRA_CURVATURE;
    for (let i = 0; i < rows; i++) {
      const p = 1 / (1 + Math.exp(offset[i]! - scores[i]!));
      slopes[i] = costs[i]! * (p - positive[i]!);
      curvatures[i] = costs[i]! * p * (1 - p);
      slopeSum += slopes[i]!;
      curvatureSum += curvatures[i]!;
    }
    gradient[columns] = slopeSum;
    diagonal[columns] = curvatureSum;
    for (let c = 0; c < columns; c++) {
      let slope = 0;
      let curvature = EXTRA_CURVATURE;
      for (let i = 0, at = c * rows; i < rows; i++, at++) {
        const value = data[at]!;
        slope += slopes[i]! * value;
        curvature += curvatures[i]! * value * value;
      }
      gradient[c] = slope;
      diagonal[c] = curvature;
    }
  }

  /** Halves the step until the objective falls by a share of what the gradient promises. */
  private search(offset: Float64Array): void {
    const { rows, columns, scores } = this.problem;
    const { gradient, coefficients } = this;
    const { values: step, scoreStep } = this.step;
    const before = this.objective(offset, 0);
    let promised = this.penalty(1) - this.penalty(0);
    for (let c = 0; c <= columns; c++) promised += gradient[c]! * step[c]!;
    for (let halving = 0, size = 1; halving < MAX_HALVINGS; halving++, size /= 2) {
      if (!(this.objective(offset, size) - before <= SUFFICIENT_DECREASE * size * promised)) continue;
      for (let c = 0; c < columns; c++) coefficients[c]! += size * step[c]!;
      this.intercept += size * step[columns]!;
      for (let i = 0; i < rows; i++) scores[i]! += size * scoreStep[i]!;
      return;
    }
  }

  private objective(offset: Float64Array, size: number): number {
    const { rows, positive, costs, scores } = this.problem;
    const { scoreStep } = this.step;
    let sum = this.penalty(size);
    for (let i = 0; i < rows; i++) {
      const margin = (scores[i]! + size * scoreStep[i]! - offset[i]!) * (positive[i] === 1 ? 1 : -1);
      sum += costs[i]! * (margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin);
    }
    return sum;
  }

  /** Of the coefficients plus a share of the step. */
  penalty(size: number): number {
    const { columns, l1, l2 } = this.problem;
    let sum = 0;
    for (let c = 0; c < columns; c++) {
      const value = this.coefficients[c]! + size * this.step.values[c]!;
      sum += l1 * Math.abs(value) + 0.5 * l2 * value * value;
    }
    return sum;
  }
}
