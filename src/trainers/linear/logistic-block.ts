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

/** Added to the curvature, so that a step exists where the loss is flat (newGLMNET's nu). */
const EXTRA_CURVATURE = 1e-12;
/** The violation at which a step's quadratic problem is left, as a share of the violation before the step. */
const INNER_SHARE = 0.05;
const MAX_INNER_PASSES = 1000;
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
  private readonly step: Float64Array;
  /** What the step adds to the score of each row. */
  private readonly scoreStep: Float64Array;
  /** Curvature times scoreStep, a row. */
  private readonly modelSlopes: Float64Array;

  constructor(problem: LogisticBlockProblem) {
    const { rows, columns } = problem;
    this.problem = problem;
    this.coefficients = new Float64Array(columns);
    this.slopes = new Float64Array(rows);
    this.curvatures = new Float64Array(rows);
    this.gradient = new Float64Array(columns + 1);
    this.diagonal = new Float64Array(columns + 1);
    this.step = new Float64Array(columns + 1);
    this.scoreStep = new Float64Array(rows);
    this.modelSlopes = new Float64Array(rows);
  }

  /** One step. @param offset subtracted from the scores. @returns the largest violation of optimality before it. */
  improve(offset: Float64Array): number {
    this.differentiate(offset);
    const { columns, fitIntercept } = this.problem;
    let violation = fitIntercept ? Math.abs(this.gradient[columns]!) : 0;
    for (let c = 0; c < columns; c++) violation = Math.max(violation, this.violation(c, this.gradient[c]!, 0));
    if (violation === 0) return 0;
    this.solveQuadratic(violation * INNER_SHARE);
    this.search(offset);
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

  /** How far coefficient c plus a step is from optimal, given the gradient of the smooth loss there. */
  private violation(c: number, slope: number, step: number): number {
    const { l1, l2 } = this.problem;
    const value = this.coefficients[c]! + step;
    const total = slope + l2 * value;
    if (value > 0) return Math.abs(total + l1);
    if (value < 0) return Math.abs(total - l1);
    return Math.max(0, total - l1, -total - l1);
  }

  /** Coordinate descent on the quadratic model; between full passes only over coefficients that may move. */
  private solveQuadratic(tolerance: number): void {
    const { columns, fitIntercept } = this.problem;
    const everything = Int32Array.from({ length: fitIntercept ? columns + 1 : columns }, (_, c) => c);
    this.step.fill(0);
    this.scoreStep.fill(0);
    this.modelSlopes.fill(0);
    let list = everything;
    for (let pass = 0; pass < MAX_INNER_PASSES; pass++) {
      let worst = 0;
      for (const c of list) worst = Math.max(worst, this.descend(c));
      if (worst > tolerance) {
        if (list === everything) list = everything.filter((c) => this.mayMove(c));
      } else {
        if (list === everything) return;
        list = everything;
      }
    }
  }

  private mayMove(c: number): boolean {
    return c === this.problem.columns || this.coefficients[c] !== 0 || this.step[c] !== 0;
  }

  /** Moves one coefficient to the minimum of the model. @returns its violation before. */
  private descend(c: number): number {
    const { data, rows, columns, l1, l2 } = this.problem;
    const { scoreStep, modelSlopes, curvatures } = this;
    const curvature = this.diagonal[c]!;
    let slope = this.gradient[c]! + EXTRA_CURVATURE * this.step[c]!;
    if (c === columns) {
      for (let i = 0; i < rows; i++) slope += modelSlopes[i]!;
      const moved = -slope / curvature;
      this.step[c]! += moved;
      for (let i = 0; i < rows; i++) {
        scoreStep[i]! += moved;
        modelSlopes[i]! += moved * curvatures[i]!;
      }
      return Math.abs(slope);
    }
    const offset = c * rows;
    for (let i = 0; i < rows; i++) slope += modelSlopes[i]! * data[offset + i]!;
    const violation = this.violation(c, slope, this.step[c]!);
    const value = this.coefficients[c]! + this.step[c]!;
    const free = curvature * value - slope;
    const moved = (Math.sign(free) * Math.max(0, Math.abs(free) - l1)) / (curvature + l2) - value;
    if (moved === 0 || !Number.isFinite(moved)) return violation;
    this.step[c]! += moved;
    for (let i = 0; i < rows; i++) {
      const change = moved * data[offset + i]!;
      scoreStep[i]! += change;
      modelSlopes[i]! += change * curvatures[i]!;
    }
    return violation;
  }

  /** Halves the step until the objective falls by a share of what the gradient promises. */
  private search(offset: Float64Array): void {
    const { rows, columns, scores } = this.problem;
    const { step, scoreStep, gradient, coefficients } = this;
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
    const { scoreStep } = this;
    let sum = this.penalty(size);
    for (let i = 0; i < rows; i++) {
      const margin = (scores[i]! + size * scoreStep[i]! - offset[i]!) * (positive[i] === 1 ? 1 : -1);
      sum += costs[i]! * (margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin);
    }
    return sum;
  }

  private penalty(size: number): number {
    const { columns, l1, l2 } = this.problem;
    let sum = 0;
    for (let c = 0; c < columns; c++) {
      const value = this.coefficients[c]! + size * this.step[c]!;
      sum += l1 * Math.abs(value) + 0.5 * l2 * value * value;
    }
    return sum;
  }
}
