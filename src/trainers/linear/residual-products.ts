import { gramOfRows } from './gram.js';
import { addRow, dotRow } from './row-products.js';

/** What coordinate descent asks of the residual r = y - Xw. */
export interface ResidualProducts {
  /** x_c . r. */
  product(c: number): number;
  /** Adds `change` to w_c. */
  move(c: number, change: number): void;
  /** r after all moves. */
  residual(): Float64Array;
}

/** Keeps the residual itself: two passes over a column a move, nothing to prepare. */
export class DirectProducts implements ResidualProducts {
  private readonly data: Float64Array;
  private readonly values: Float64Array;

  /** @param data column-major. @param target y; w is 0. */
  constructor(data: Float64Array, target: Float64Array) {
    this.data = data;
    this.values = target.slice();
  }

  product(c: number): number {
    return dotRow(this.data, c * this.values.length, this.values);
  }

  move(c: number, change: number): void {
    addRow(this.data, c * this.values.length, -change, this.values);
  }

  residual(): Float64Array {
    return this.values;
  }
}

/**
 * Keeps the products with all columns, so that a move costs as much as there are columns, not rows: the covariance
 * updates of Friedman, Hastie and Tibshirani (2010), section 2.2. Preparing costs a quarter of a pass over the data for
 * each column.
 */
export class CovarianceProducts implements ResidualProducts {
  private readonly data: Float64Array;
  private readonly columns: number;
  private readonly gram: Float64Array;
  private readonly products: Float64Array;
  private readonly moves: Float64Array;
  private readonly values: Float64Array;

  /** @param residual y - Xw so far. */
  constructor(data: Float64Array, columns: number, residual: Float64Array) {
    this.data = data;
    this.columns = columns;
    this.gram = gramOfRows(data, columns, residual.length);
    this.products = new Float64Array(columns);
    this.moves = new Float64Array(columns);
    this.values = residual.slice();
    this.multiply();
  }

  product(c: number): number {
    return this.products[c]!;
  }

  move(c: number, change: number): void {
    this.moves[c]! += change;
    addRow(this.gram, c * this.columns, -change, this.products);
  }

  /** Also takes the rounding of the moves out of the products. */
  residual(): Float64Array {
    for (let c = 0; c < this.columns; c++) addRow(this.data, c * this.values.length, -this.moves[c]!, this.values);
    this.moves.fill(0);
    this.multiply();
    return this.values;
  }

  private multiply(): void {
    for (let c = 0; c < this.columns; c++) {
      this.products[c] = dotRow(this.data, c * this.values.length, this.values);
    }
  }
}
