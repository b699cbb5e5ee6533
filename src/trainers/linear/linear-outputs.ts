import { boundedValues } from '../bounded-values.js';
import type { SavedFields } from '../saved-model.js';
import type { Matrix } from '../trainer.js';
import { scoresOf } from './matrix-products.js';

/** Several functions x -> w . x + intercept of the same columns. */
export class LinearOutputs {
  /** Outputs x columns, row-major. */
  readonly coefficients: Float64Array;
  /** Length outputs. */
  readonly intercepts: Float64Array;

  constructor(coefficients: Float64Array, intercepts: Float64Array) {
    this.coefficients = coefficients;
    this.intercepts = intercepts;
  }

  /** @returns rows x outputs, row-major. */
  evaluate({ data, rows, columns }: Matrix): Float64Array {
    const { coefficients, intercepts } = this;
    const outputs = intercepts.length;
    const unknowns = new Float64Array(outputs * (columns + 1));
    unknowns.set(coefficients);
    unknowns.set(intercepts, outputs * columns);
    const values = new Float64Array(rows * outputs);
    scoresOf(boundedValues(data), rows, columns, unknowns, outputs, values);
    return values;
  }

  toJSON(): unknown {
    return { coefficients: Array.from(this.coefficients), intercepts: Array.from(this.intercepts) };
  }

  static load(saved: SavedFields): LinearOutputs {
    return new LinearOutputs(saved.numbers('coefficients'), saved.numbers('intercepts'));
  }
}
