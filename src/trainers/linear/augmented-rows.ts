import { boundedValue } from '../bounded-values.js';
import type { Matrix } from '../trainer.js';

/** Rows with one more column, constant, whose coefficient is the intercept (penalised with the others, as in LIBLINEAR). */
export interface AugmentedRows {
  readonly data: Float64Array;
  readonly rows: number;
  /** The added column included. */
  readonly columns: number;
  /** Squared length of each row. */
  readonly squares: Float64Array;
}

/** @param constant the value of the added column; 0 for no intercept. */
export function augmentRows(features: Matrix, constant: number): AugmentedRows {
  const { rows } = features;
  const columns = features.columns + 1;
  const data = new Float64Array(rows * columns);
  const squares = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let sum = constant * constant;
    for (let c = 0; c < features.columns; c++) {
      const value = boundedValue(features.data[i * features.columns + c]!);
      data[i * columns + c] = value;
      sum += value * value;
    }
    data[i * columns + columns - 1] = constant;
    squares[i] = sum;
  }
  return { data, rows, columns, squares };
}

export interface DescentLimits {
  readonly tolerance: number;
  readonly maxPasses: number;
}

/** In place of a curvature that is not positive. */
export const MINIMUM_CURVATURE = 1e-12;
