import { GramQuadratic, type QuadraticModel, RowQuadratic } from './quadratic-model.js';

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
const MAX_ROW_PASSES = 1000;
const MAX_MATRIX_PASSES = 20_000;
/** Beyond it the matrix of the model is left unformed: it grows with the square. */
const MOST_MATRIX_COLUMNS = 512;
/** What the matrix costs, in moves by rows for each of its elements. */
const MATRIX_PRICE = 0.5;
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
  private readonly byRows: RowQuadratic;
  private byMatrix: GramQuadratic | undefined;

  constructor(problem: LogisticBlockProblem) {
    const { rows, columns } = problem;
    this.problem = problem;
    this.coefficients = new Float64Array(columns);
    this.slopes = new Float64Array(rows);
    this.curvatures = new Float64Array(rows);
    this.gradient = new Float64Array(columns + 1);
    this.diagonal = new Float64Array(columns + 1);
    this.step = new Float64Array(columns + 1);
    this.byRows = new RowQuadratic({ ...problem, curvatures: this.curvatures });
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

  /**
   * Coordinate descent on the quadratic model; between full passes only over coefficients that may move. It starts by
   * rows, and forms the matrix of the model once it has cost as much as that.
   */
  private solveQuadratic(tolerance: number): void {
    const { rows, columns, fitIntercept } = this.problem;
    const { byRows, step } = this;
    const everything = Int32Array.from({ length: fitIntercept ? columns + 1 : columns }, (_, c) => c);
    const mayFormMatrix = columns < rows && columns <= MOST_MATRIX_COLUMNS;
    const limit = mayFormMatrix ? MAX_MATRIX_PASSES : MAX_ROW_PASSES;
    step.fill(0);
    byRows.reset();
    let model: QuadraticModel = byRows;
    let moves = 0;
    let list = everything;
    for (let pass = 0; pass < limit; pass++) {
      let worst = 0;
      for (const c of list) worst = Math.max(worst, this.descend(c, model));
      if (worst > tolerance) {
        if (list === everything) list = everything.filter((c) => this.mayMove(c));
      } else {
        if (list === everything) break;
        list = everything;
      }
      moves += list.length;
      if (mayFormMatrix && model === byRows && moves > columns * columns * MATRIX_PRICE) {
        this.byMatrix ??= new GramQuadratic({ ...this.problem, curvatures: this.curvatures });
        this.byMatrix.load(step);
        model = this.byMatrix;
      }
    }
    if (model !== byRows) byRows.setStep(step);
  }

  private mayMove(c: number): boolean {
    return c === this.problem.columns || this.coefficients[c] !== 0 || this.step[c] !== 0;
  }

  /** Moves one coefficient to the minimum of the model. @returns its violation before. */
  private descend(c: number, model: QuadraticModel): number {
    const { columns, l1, l2 } = this.problem;
    const curvature = this.diagonal[c]!;
    const slope = this.gradient[c]! + EXTRA_CURVATURE * this.step[c]! + model.slope(c);
    if (c === columns) {
      const moved = -slope / curvature;
      this.step[c]! += moved;
      model.move(c, moved);
      return Math.abs(slope);
    }
    const violation = this.violation(c, slope, this.step[c]!);
    const value = this.coefficients[c]! + this.step[c]!;
    const free = curvature * value - slope;
    const moved = (Math.sign(free) * Math.max(0, Math.abs(free) - l1)) / (curvature + l2) - value;
    if (moved === 0 || !Number.isFinite(moved)) return violation;
    this.step[c]! += moved;
    model.move(c, moved);
    return violation;
  }

  /** Halves the step until the objective falls by a share of what the gradient promises. */
  private search(offset: Float64Array): void {
    const { rows, columns, scores } = this.problem;
    const { step, gradient, coefficients } = this;
    const { scoreStep } = this.byRows;
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
    const { scoreStep } = this.byRows;
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
      const value = this.coefficients[c]! + size * this.step[c]!;
      sum += l1 * Math.abs(value) + 0.5 * l2 * value * value;
    }
    return sum;
  }
}
