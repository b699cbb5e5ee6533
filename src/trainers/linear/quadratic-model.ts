import { dotRow } from './row-products.js';

/** 1/2 s'Hs for a step s that grows by one coefficient at a time; H = [X, 1]' D [X, 1], the intercept last. */
export interface QuadraticModel {
  /** (H s)_c. */
  slope(c: number): number;
  /** s_c += by. */
  move(c: number, by: number): void;
}

/** X column-major, D the curvature of the loss of each row. */
export interface QuadraticTerms {
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
  readonly curvatures: Float64Array;
}

/** Keeps what the step adds to each row's score: nothing to prepare, and a move costs `rows`. */
export class RowQuadratic implements QuadraticModel {
  /** [X, 1] s. */
  readonly scoreStep: Float64Array;
  private readonly terms: QuadraticTerms;
  /** D [X, 1] s. */
  private readonly weightedStep: Float64Array;

  constructor(terms: QuadraticTerms) {
    this.terms = terms;
    this.scoreStep = new Float64Array(terms.rows);
    this.weightedStep = new Float64Array(terms.rows);
  }

  reset(): void {
    this.scoreStep.fill(0);
    this.weightedStep.fill(0);
  }

  slope(c: number): number {
    const { data, rows, columns } = this.terms;
    const { weightedStep } = this;
    let slope = 0;
    if (c === columns) for (let i = 0; i < rows; i++) slope += weightedStep[i]!;
    else for (let i = 0, at = c * rows; i < rows; i++, at++) slope += weightedStep[i]! * data[at]!;
    return slope;
  }

  move(c: number, by: number): void {
    const { data, rows, columns, curvatures } = this.terms;
    const { scoreStep, weightedStep } = this;
    for (let i = 0, at = c * rows; i < rows; i++, at++) {
      const change = c === columns ? by : by * data[at]!;
      scoreStep[i]! += change;
      weightedStep[i]! += change * curvatures[i]!;
    }
  }

  /** scoreStep for a step that another model made. */
  setStep(step: Float64Array): void {
    const { data, rows, columns } = this.terms;
    const { scoreStep } = this;
    scoreStep.fill(step[columns]!);
    for (let c = 0; c < columns; c++) {
      const by = step[c]!;
      if (by !== 0) for (let i = 0, at = c * rows; i < rows; i++, at++) scoreStep[i]! += by * data[at]!;
    }
  }
}

/** Keeps H and H s: a move costs `columns`, which pays where correlated columns take many. */
export class GramQuadratic implements QuadraticModel {
  private readonly terms: QuadraticTerms;
  private readonly size: number;
  private readonly gram: Float64Array;
  private readonly slopes: Float64Array;

  constructor(terms: QuadraticTerms) {
    this.terms = terms;
    this.size = terms.columns + 1;
    this.gram = new Float64Array(this.size * this.size);
    this.slopes = new Float64Array(this.size);
  }

  /** For the curvatures of now, continuing from a step. */
  load(step: Float64Array): void {
    const { data, rows, columns, curvatures } = this.terms;
    const { size, gram, slopes } = this;
    const weighted = Float64Array.from(curvatures);
    for (let a = columns; a >= 0; a--) {
      if (a < columns) for (let i = 0, at = a * rows; i < rows; i++, at++) weighted[i] = curvatures[i]! * data[at]!;
      for (let b = 0; b <= a; b++) {
        const value = b === columns ? sum(weighted) : dotRow(data, b * rows, weighted);
        gram[a * size + b] = value;
        gram[b * size + a] = value;
      }
    }
    for (let c = 0; c < size; c++) slopes[c] = dotRow(gram, c * size, step);
  }

  slope(c: number): number {
    return this.slopes[c]!;
  }

  move(c: number, by: number): void {
    const { size, gram, slopes } = this;
    for (let b = 0, at = c * size; b < size; b++, at++) slopes[b]! += by * gram[at]!;
  }
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}
