/** Value bins a column has at most; one more code stays free for missing values, so that a code fits a byte. */
export const MAXIMUM_BINS = 255;

export interface NumericBins {
  /** Upper edges, ascending, one fewer than bins: a value is in the first bin b with value <= thresholds[b]. */
  readonly thresholds: Float64Array;
  /** A typical value of each bin: the value itself where the bin holds one value only, else the mean. */
  readonly centers: Float64Array;
}

/** An edge e with lower <= e < upper, half-way where floating point allows it. */
function edgeBetween(lower: number, upper: number): number {
  const middle = lower / 2 + upper / 2;
  return middle >= lower && middle < upper ? middle : lower;
}

/**
 * Bins of about equal row counts: one a distinct value where there are at most 255 of them, else greedily filled
 * quantiles, so that a value that is very frequent gets a bin of its own and the others share the rest evenly.
 * @param sorted finite numbers, ascending; an empty array gives one bin.
 */
export function numericBins(sorted: Float64Array, maximum: number = MAXIMUM_BINS): NumericBins {
  let distinct = sorted.length > 0 ? 1 : 0;
  for (let i = 1; i < sorted.length; i++) if (sorted[i]! > sorted[i - 1]!) distinct++;
  const oneBinAValue = distinct <= maximum;
  const thresholds: number[] = [];
  const centers: number[] = [];
  let start = 0;
  while (start < sorted.length) {
    const target = oneBinAValue ? 1 : (sorted.length - start) / (maximum - centers.length);
    let end = start;
    do {
      const value = sorted[end]!;
      let next = end + 1;
      while (next < sorted.length && sorted[next] === value) next++;
      // A frequent value that would overfill this bin starts the next one instead.
      if (end > start && next - end > target && centers.length < maximum - 1) break;
      end = next;
    } while (end < sorted.length && (end - start < target || centers.length === maximum - 1));
    centers.push(typicalValue(sorted, start, end));
    if (end < sorted.length) thresholds.push(edgeBetween(sorted[end - 1]!, sorted[end]!));
    start = end;
  }
  if (centers.length === 0) centers.push(0);
  return { thresholds: Float64Array.from(thresholds), centers: Float64Array.from(centers) };
}

function typicalValue(sorted: Float64Array, start: number, end: number): number {
  const lowest = sorted[start]!;
  const highest = sorted[end - 1]!;
  if (lowest === highest) return lowest;
  let sum = 0;
  for (let i = start; i < end; i++) sum += sorted[i]!;
  const mean = sum / (end - start);
  return mean >= lowest && mean <= highest ? mean : lowest / 2 + highest / 2;
}

/** The bin of a value that is not NaN. */
export function numericBin(thresholds: Float64Array, value: number): number {
  let low = 0;
  let high = thresholds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value <= thresholds[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}
