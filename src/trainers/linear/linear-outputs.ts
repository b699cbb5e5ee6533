import { boundedValue } from '../bounded-values.js';
import type { SavedFields } from '../saved-model.js';
import type { Matrix } from '../trainer.js';

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
  evaluate(features: Matrix): Float64Array {
    const { data, rows, columns } = features;
    const { coefficients, intercepts } = this;
    const outputs = intercepts.length;
    const values = new Float64Array(rows * outputs);
    for (let row = 0, at = 0; row < rows; row++) {
      for (let output = 0; output < outputs; output++, at++) {
        let sum = intercepts[output]!;
        for (let c = 0; c < columns; c++) {
          sum += coefficients[output * columns + c]! * boundedValue(data[row * columns + c]!);
        }
        values[at] = sum;
      }
    }
    return values;
  }

  toJSON(): unknown {
    return { coefficients: Array.from(this.coefficients), intercepts: Array.from(this.intercepts) };
  }

  static load(saved: SavedFields): LinearOutputs {
    return new LinearOutputs(saved.numbers('coefficients'), saved.numbers('intercepts'));
  }
}
