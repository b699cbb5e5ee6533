import { boundedValues } from '../bounded-values.js';
import type { SavedFields } from '../saved-model.js';
import type { Matrix } from '../trainer.js';
import { scoresOf } from './matrix-products.js';

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
  const unknowns = new Float64Array(outputs * (columns + 1));
  unknowns.set(coefficients);
  unknowns.set(intercepts, outputs * columns);
  scoresOf(boundedValues(data), rows, columns, unknowns, outputs, scores);
  return scores;
}

export function functionsToJson({ coefficients, intercepts }: LinearFunctions): unknown {
  return { coefficients: Array.from(coefficients), intercepts: Array.from(intercepts) };
}

export function loadFunctions(saved: SavedFields): LinearFunctions {
  return { coefficients: saved.numbers('coefficients'), intercepts: saved.numbers('intercepts') };
}
