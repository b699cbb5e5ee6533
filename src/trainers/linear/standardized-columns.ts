import type { ColumnPasses } from './column-passes.js';

/**
 * Features with each column's weighted mean taken off and divided by its standard deviation, so that sums of squares
 * neither overflow nor vanish whatever the columns' units. Columns without spread are left out.
 */
export interface StandardizedColumns {
  /** rows x kept columns, row-major. */
  readonly data: Float64Array;
  /** Whether every value of the features is a number and finite. */
  readonly finite: boolean;
  /** The greatest size of a value. */
  readonly greatest: number;
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

export function standardizeColumns(passes: ColumnPasses): StandardizedColumns {
  const { means, lowest, highest } = passes.locate();
  // Distances are divided by the largest one before they are squared.
  const reach = means.map((mean, j) => Math.max(highest[j]! - mean, mean - lowest[j]!));
  const variances = passes.variances(
    means,
    reach.map((distance) => (distance === 0 ? 0 : 1 / distance)),
  );
  const spread = variances.map((variance, j) => Math.sqrt(variance) * reach[j]!);
  const sizes = highest.map((value, j) => Math.max(value, -lowest[j]!));
  const informative = (j: number) => spread[j]! > Math.max(LEAST_SPREAD, RELATIVE_SPREAD * sizes[j]!);
  const kept = Int32Array.from(spread.keys()).filter(informative);
  return {
    data: passes.standardize(
      means,
      spread.map((deviation) => 1 / deviation),
      kept,
    ),
    // A mean of numbers lies among them, where a single other value spoils it.
    finite: means.every(Number.isFinite),
    greatest: sizes.reduce((greatest, size) => Math.max(greatest, size), 0),
    kept,
    means: Float64Array.from(kept, (j) => means[j]!),
    deviations: Float64Array.from(kept, (j) => spread[j]!),
  };
}
