import type { SavedFields } from '../saved-model.js';
import type { Matrix } from '../trainer.js';

/** Linear functions of the features: score = intercept + coefficients · row, one for each output. Plain data. */
export interface LinearFunctions {
  /** outputs x columns, row-major. */
  readonly coefficients: Float64Array;
  /** Length outputs. */
  readonly intercepts: Float64Array;
}

/** @returns rows x outputs, row-major. */
export function linearScores(functions: LinearFunctions, features: Matrix): Float64Array {
  const { coefficients, intercepts } = functions;
  const { data, rows, columns } = features;
  const outputs = intercepts.length;
  const scores = new Float64Array(rows * outputs);
  for (let i = 0; i < rows; i++) {
    const offset = i * columns;
    for (let k = 0; k < outputs; k++) {
      let sum = intercepts[k]!;
      for (let j = 0, at = k * columns; j < columns; j++) sum += coefficients[at + j]! * data[offset + j]!;
      scores[i * outputs + k] = sum;
    }
  }
  return scores;
}

export function functionsToJson({ coefficients, intercepts }: LinearFunctions): unknown {
  return { coefficients: Array.from(coefficients), intercepts: Array.from(intercepts) };
}

export function loadFunctions(saved: SavedFields): LinearFunctions {
  return { coefficients: saved.numbers('coefficients'), intercepts: saved.numbers('intercepts') };
}
