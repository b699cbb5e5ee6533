import { GREATEST_MAGNITUDE } from './cell.js';
import type { Preprocessing } from './preprocessing-options.js';

/** `(value - centre) / spread`. */
export interface Scaling {
  readonly centre: number;
  readonly spread: number;
}

/** Numbers that differ by less, relative to the largest, are taken for equal. */
const ROUNDING = 10 * Number.EPSILON;

export const UNSCALED: Scaling = { centre: 0, spread: 1 };

/**
 * What stands in for a missing value; 0 when there is no value at all.
 * @param values those that are not missing; sorted in place for the median and the most frequent.
 */
export function imputeValue(values: Float64Array, method: Exclude<Preprocessing['impute'], 'none'>): number {
  if (values.length === 0) return 0;
  if (method === 'mean') return mean(values);
  values.sort();
  return method === 'median' ? quantileOfSorted(values, 0.5) : mostFrequentOfSorted(values);
}

/**
 * Centre and spread of a column as scikit-learn's StandardScaler (population variance), MinMaxScaler and RobustScaler
 * (quartiles by linear interpolation) have them. A spread of 0, or of no more than rounding, becomes 1, so that a
 * constant column becomes 0.
 * @param values without missing ones; sorted in place for `robust`.
 */
export function fitScaling(values: Float64Array, method: Preprocessing['scale']): Scaling {
  if (method === 'none' || values.length === 0) return UNSCALED;
  let least = values[0]!;
  let greatest = values[0]!;
  for (let index = 1; index < values.length; index++) {
    const value = values[index]!;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  const rounding = ROUNDING * Math.max(Math.abs(least), Math.abs(greatest));
  if (greatest - least <= rounding) return { centre: least, spread: 1 };
  if (method === 'minmax') return { centre: least, spread: greatest - least };
  if (method === 'standard') {
    const centre = mean(values);
    return { centre, spread: Math.sqrt(meanSquare(values, centre)) || 1 };
  }
  values.sort();
  const spread = quantileOfSorted(values, 0.75) - quantileOfSorted(values, 0.25);
  return { centre: quantileOfSorted(values, 0.5), spread: spread <= rounding ? 1 : spread };
}

/** A tiny spread must not turn a far value into infinity. */
export function scaleValue(value: number, { centre, spread }: Scaling): number {
  return Math.max(-GREATEST_MAGNITUDE, Math.min(GREATEST_MAGNITUDE, (value - centre) / spread));
}

/** Exact for equal values. */
function mean(values: Float64Array): number {
  const first = values[0]!;
  let sum = 0;
  for (let index = 1; index < values.length; index++) sum += values[index]! - first;
  return first + sum / values.length;
}

function meanSquare(values: Float64Array, centre: number): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) {
    const deviation = values[index]! - centre;
    sum += deviation * deviation;
  }
  return sum / values.length;
}

/** Linear interpolation between order statistics (type 7 of Hyndman and Fan, 1996; numpy's default). */
function quantileOfSorted(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (position - below);
}

/** The value that occurs most often; of equally frequent ones the least. */
function mostFrequentOfSorted(sorted: Float64Array): number {
  let winner = sorted[0]!;
  let most = 0;
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    if (end - start > most) {
      most = end - start;
      winner = sorted[start]!;
    }
    start = end;
  }
  return winner;
}
