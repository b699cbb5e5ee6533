import type { Matrix } from '../trainer.js';
import { rowShares } from './row-shares.js';

/**
 * Features with each column's weighted mean taken off and divided by its standard deviation, so that sums of squares
 * neither overflow nor vanish whatever the columns' units. Columns without spread are left out.
 */
export interface StandardizedColumns {
  /** rows x kept columns, row-major. */
  readonly data: Float64Array;
  /** Column of the features for each column kept. */
  readonly kept: Int32Array;
  /** Weighted mean of each column kept. */
  readonly means: Float64Array;
  /** Weighted standard deviation of each column kept. */
  readonly deviations: Float64Array;
}

/** A spread below this share of the column's size is rounding, not information. */
const RELATIVE_SPREAD = 1e-14;
/** Below it a coefficient can leave the range of numbers. */
const LEAST_SPREAD = 1e-100;

export function standardizeColumns(features: Matrix, weights?: Float64Array): StandardizedColumns {
  const { data, rows, columns } = features;
  const means = new Float64Array(columns);
  const deviations = new Float64Array(columns);
  const reach = new Float64Array(columns);
  const size = new Float64Array(columns);
  const shares = rowShares(rows, weights);
  for (let i = 0; i < rows; i++) {
    const share = shares[i]!;
    const offset = i * columns;
    for (let j = 0; j < columns; j++) means[j]! += share * data[offset + j]!;
  }
  for (let i = 0; i < rows; i++) {
    const offset = i * columns;
    for (let j = 0; j < columns; j++) {
      const value = data[offset + j]!;
      const distance = Math.abs(value - means[j]!);
      if (distance > reach[j]!) reach[j] = distance;
      if (Math.abs(value) > size[j]!) size[j] = Math.abs(value);
    }
  }
  // Distances are divided by the largest one before they are squared.
  const inverseReach = reach.map((distance) => (distance === 0 ? 0 : 1 / distance));
  for (let i = 0; i < rows; i++) {
    const share = shares[i]!;
    const offset = i * columns;
    for (let j = 0; j < columns; j++) {
      const scaled = (data[offset + j]! - means[j]!) * inverseReach[j]!;
      deviations[j]! += share * scaled * scaled;
    }
  }
  const spread = deviations.map((variance, j) => Math.sqrt(variance) * reach[j]!);
  const informative = (j: number) => spread[j]! > Math.max(LEAST_SPREAD, RELATIVE_SPREAD * size[j]!);
  const kept = Int32Array.from({ length: columns }, (_, j) => j).filter(informative);
  const standardized = new Float64Array(rows * kept.length);
  for (let k = 0; k < kept.length; k++) {
    const j = kept[k]!;
    const mean = means[j]!;
    const inverse = 1 / spread[j]!;
    for (let i = 0, to = k, from = j; i < rows; i++, to += kept.length, from += columns) {
      standardized[to] = (data[from]! - mean) * inverse;
    }
  }
  return {
    data: standardized,
    kept,
    means: Float64Array.from(kept, (j) => means[j]!),
    deviations: Float64Array.from(kept, (j) => spread[j]!),
  };
}
