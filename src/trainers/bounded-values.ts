/** Features and targets beyond it are taken as it, so that sums of products stay finite. */
export const VALUE_LIMIT = 1e100;

export function boundedValue(value: number): number {
  return Math.min(VALUE_LIMIT, Math.max(-VALUE_LIMIT, value));
}

/** @returns the same array where every value is within the limit. */
export function boundedValues(values: Float64Array): Float64Array {
  for (let i = 0; i < values.length; i++) {
    if (Math.abs(values[i]!) > VALUE_LIMIT) return values.map(boundedValue);
  }
  return values;
}
