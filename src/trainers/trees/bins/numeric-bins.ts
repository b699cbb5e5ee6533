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
  const thresholds = new Float64Array(maximum);
  const centers = new Float64Array(maximum);
  let bins = 0;
  let start = 0;
  while (start < sorted.length) {
    const target = oneBinAValue ? 1 : (sorted.length - start) / (maximum - bins);
    let end = start;
    do {
      const value = sorted[end]!;
      let next = end + 1;
      while (next < sorted.length && sorted[next] === value) next++;
      // A frequent value that would overfill this bin starts the next one instead.
      if (end > start && next - end > target && bins < maximum - 1) break;
      end = next;
    } while (end < sorted.length && (end - start < target || bins === maximum - 1));
    centers[bins] = typicalValue(sorted, start, end);
    if (end < sorted.length) thresholds[bins] = edgeBetween(sorted[end - 1]!, sorted[end]!);
    bins++;
    start = end;
  }
  bins = Math.max(1, bins);
  return { thresholds: thresholds.slice(0, bins - 1), centers: centers.slice(0, bins) };
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

/** Parts of a `BinFinder` for each threshold: most hold none or one. */
const PARTS_PER_THRESHOLD = 4;

/** Finds the bins of numbers by a table: few comparisons are left, however the numbers are spread. */
export class BinFinder {
  private readonly thresholds: Float64Array;
  private readonly first: number;
  private readonly last: number;
  private readonly scale: number;
  /** The line between the outer thresholds is cut into equal parts; at part p, how many thresholds lie in those before it. */
  private readonly before: Uint8Array;

  /** @param thresholds of `NumericBins`. */
  constructor(thresholds: Float64Array) {
    this.thresholds = thresholds;
    const parts = PARTS_PER_THRESHOLD * thresholds.length;
    this.first = thresholds[0] ?? Infinity;
    this.last = thresholds.at(-1) ?? -Infinity;
    // One part where the difference is too great or small for a number.
    const scale = parts / (this.last - this.first);
    this.scale = Number.isFinite(scale) ? scale : 0;
    this.before = new Uint8Array(parts + 2);
    let part = 0;
    for (const [bin, threshold] of thresholds.entries()) {
      while (part <= this.partOf(threshold)) this.before[part++] = bin;
    }
    this.before.fill(thresholds.length, part);
  }

  /** The first bin b with value <= thresholds[b]; for NaN one more than there are bins. */
  cell(value: number): number {
    const { thresholds } = this;
    if (!(value > this.first)) return value <= this.first ? 0 : thresholds.length + 1;
    if (value > this.last) return thresholds.length;
    const part = this.partOf(value);
    let low = this.before[part]!;
    let high = this.before[part + 1]!;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (value <= thresholds[middle]!) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Rising with the value, however it is rounded. @param value first … last. */
  private partOf(value: number): number {
    return ((value - this.first) * this.scale) | 0;
  }
}
