import { type BinnedFeatures, columnBins } from './binned-features.js';

/** How the bins of a feature may be divided. */
export const ORDERED = 0;
/** Any subset of the categories against the rest. */
export const SUBSET = 1;
/** One category against the rest: what a tree could do with one-hot columns. */
export const ONE_HOT = 2;

/** One feature as a tree grower sees it in one fold. */
export interface TreeFeature {
  /** A code a dataset row. */
  readonly cells: Uint8Array;
  readonly kind: typeof ORDERED | typeof SUBSET | typeof ONE_HOT;
  /** Code of a missing value, greater than every other: the number of value bins. */
  readonly missing: number;
  /** Code that stands in for a missing value; `missing` itself where missing values are split on natively. */
  readonly imputed: number;
  /** Typical value a bin, for thresholds between bins; the bin's number for categories. */
  readonly centers: Float64Array;
}

/** The keys of `preprocess:` that mean something to a tree. */
export interface TreeEncoding {
  readonly impute: 'none' | 'mean' | 'median' | 'most_frequent';
  readonly encode: 'onehot' | 'ordinal' | 'native';
}

export const NATIVE_ENCODING: TreeEncoding = { impute: 'none', encode: 'native' };

/**
 * The features of a fold: nothing is copied. A statistic to impute is learned from these rows, in bins: the bin of the
 * median is exact, mean and most frequent value are those of the bins (exact up to 255 distinct values, but for the
 * rounding of the mean). A missing category is a category of its own.
 */
export function treeFeatures(binned: BinnedFeatures, rows: Int32Array, encoding: TreeEncoding): readonly TreeFeature[] {
  return binned.columns.map((column, index) => {
    const cells = columnBins(binned, index);
    const missing = column.binCount;
    if (column.kind === 'numeric') {
      const imputed = encoding.impute === 'none' ? missing : imputedBin(cells, rows, column.centers, encoding.impute);
      return { cells, kind: ORDERED, missing, imputed, centers: column.centers };
    }
    const kind = encoding.encode === 'onehot' ? ONE_HOT : encoding.encode === 'native' ? SUBSET : ORDERED;
    return { cells, kind, missing, imputed: missing, centers: Float64Array.from({ length: missing }, (_, bin) => bin) };
  });
}

function imputedBin(
  cells: Uint8Array,
  rows: Int32Array,
  centers: Float64Array,
  method: 'mean' | 'median' | 'most_frequent',
): number {
  const counts = new Float64Array(256);
  for (let i = 0; i < rows.length; i++) counts[cells[rows[i]!]!]!++;
  let present = 0;
  let mean = 0;
  let mode = 0;
  for (let bin = 0; bin < centers.length; bin++) {
    if (counts[bin]! > counts[mode]!) mode = bin;
    present += counts[bin]!;
  }
  if (method === 'most_frequent' || present === 0) return mode;
  let below = 0;
  for (let bin = 0; bin < centers.length; bin++) {
    below += counts[bin]!;
    if (method === 'median' && below * 2 >= present) return bin;
    mean += centers[bin]! * (counts[bin]! / present);
  }
  let bin = 0;
  while (bin < centers.length - 1 && Math.abs(centers[bin + 1]! - mean) <= Math.abs(centers[bin]! - mean)) bin++;
  return bin;
}

/** The bin to cut after between two bins that hold rows: half-way between their typical values. */
export function binBetween(centers: Float64Array, lower: number, upper: number): number {
  return upper <= lower + 1 ? lower : lastBinAtMost(centers, lower, upper, centers[lower]! / 2 + centers[upper]! / 2);
}

/** The last of the bins lower … upper - 1 whose typical value is at most `value`; `lower` where there is none. */
export function lastBinAtMost(centers: Float64Array, lower: number, upper: number, value: number): number {
  let low = lower;
  let high = upper - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (centers[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
