import { GramQuadratic, type QuadraticModel, type QuadraticTerms, RowQuadratic } from './quadratic-model.js';

/**
 * minimise g's + 1/2 s'(H + nu I)s + l1 |w + s|_1 + l2/2 |w + s|^2 over the step s, where w are the coefficients and H is
 * that of `QuadraticModel`. The intercept stands last in g and s and is not penalised. Arrays are read when a step is
 * solved, so that their owner can fill them anew for the next one.
 */
export interface ProximalProblem extends QuadraticTerms {
  /** w, length columns. */
  readonly coefficients: Float64Array;
  /** g, length columns + 1. */
  readonly gradient: Float64Array;
  /** The diagonal of H + nu I. */
  readonly diagonal: Float64Array;
  readonly l1: number;
  readonly l2: number;
  readonly fitIntercept: boolean;
}

/** nu of newGLMNET, so that a step exists where the loss is flat. */
export const EXTRA_CURVATURE = 1e-12;
/** The violation at which a step's problem is left, as a share of the violation before the step. */
const INNER_SHARE = 0.05;
const MAX_ROW_PASSES = 1000;
const MAX_MATRIX_PASSES = 20_000;
/** Beyond it the matrix of the model is left unformed: it grows with the square. */
const MOST_MATRIX_COLUMNS = 512;
/** What the matrix costs, in moves by rows for each of its elements. */
const MATRIX_PRICE = 0.5;

/** One proximal Newton step after another, each by coordinate descent on its quadratic problem. */
export class ProximalStep {
  /** s. */
  readonly values: Float64Array;
  /** [X, 1] s: what the step adds to each row's score. */
  readonly scoreStep: Float64Array;
  private readonly problem: ProximalProblem;
  private readonly everything: Int32Array;
  private readonly byRows: RowQuadratic;
  private byMatrix: GramQuadratic | undefined;

  constructor(problem: ProximalProblem) {
    const { columns, fitIntercept } = problem;
    this.problem = problem;
    this.values = new Float64Array(columns + 1);
    this.everything = Int32Array.from({ length: fitIntercept ? columns + 1 : columns }, (_, c) => c);
    this.byRows = new RowQuadratic(problem);
    this.scoreStep = this.byRows.scoreStep;
  }

  /** @returns the largest violation of optimality before the step, which is 0 where there is none. */
  solve(): number {
    const { gradient, columns } = this.problem;
    this.values.fill(0);
    this.byRows.reset();
    let violation = 0;
    for (const c of this.everything) {
      violation = Math.max(violation, c === columns ? Math.abs(gradient[c]!) : this.violation(c, gradient[c]!));
    }
    if (violation !== 0) this.descendTo(violation * INNER_SHARE);
    return violation;
  }

  /**
   * Between full passes only over coefficients that may move. It starts by rows, and forms the matrix of the model once
   * it has cost as much as that.
   */
  private descendTo(tolerance: number): void {
    const { rows, columns } = this.problem;
    const { byRows, values, everything } = this;
    const mayFormMatrix = columns < rows && columns <= MOST_MATRIX_COLUMNS;
    const limit = mayFormMatrix ? MAX_MATRIX_PASSES : MAX_ROW_PASSES;
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
        this.byMatrix ??= new GramQuadratic(this.problem);
        this.byMatrix.load(values);
        model = this.byMatrix;
      }
    }
    if (model !== byRows) byRows.setStep(values);
  }

  private mayMove(c: number): boolean {
    const { columns, coefficients } = this.problem;
    return c === columns || coefficients[c] !== 0 || this.values[c] !== 0;
  }

  /** Moves one coefficient to the minimum of the model. @returns its violation before. */
  private descend(c: number, model: QuadraticModel): number {
    const { columns, coefficients, gradient, diagonal, l1, l2 } = this.problem;
    const { values } = this;
    const curvature = diagonal[c]!;
    const slope = gradient[c]! + EXTRA_CURVATURE * values[c]! + model.slope(c);
    if (c === columns) {
      const moved = -slope / curvature;
      values[c]! += moved;
      model.move(c, moved);
      return Math.abs(slope);
    }
    const violation = this.violation(c, slope);
    const value = coefficients[c]! + values[c]!;
    const free = curvature * value - slope;
    const moved = (Math.sign(free) * Math.max(0, Math.abs(free) - l1)) / (curvature + l2) - value;
    if (moved === 0 || !Number.isFinite(moved)) return violation;
    values[c]! += moved;
    model.move(c, moved);
    return violation;
  }

  /** How far coefficient c plus its step is from optimal. @param slope of all but the penalty there. */
  private violation(c: number, slope: number): number {
    const { coefficients, l1, l2 } = this.problem;
    const value = coefficients[c]! + this.values[c]!;
    const total = slope + l2 * value;
    if (value > 0) return Math.abs(total + l1);
    if (value < 0) return Math.abs(total - l1);
    return Math.max(0, total - l1, -total - l1);
  }
}
