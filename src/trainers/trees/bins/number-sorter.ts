/** Fewer numbers than this are sorted as they are. */
const FEW = 32;
/** The most parts that the numbers are put into: their counts stay in the cache. */
const MOST_PARTS = 2 ** 15;

/**
 * Sorts numbers into parts of equal width, then each part: a few times as fast as the sort of the runtime where they are
 * spread or repeat, and as fast where they crowd. One serves many columns: its room is used again.
 */
export class NumberSorter {
  private readonly sorted: Float64Array;
  private readonly ends = new Int32Array(MOST_PARTS + 2);

  /** @param most numbers to sort at a time. */
  constructor(most: number) {
    this.sorted = new Float64Array(most);
  }

  /** @param values finite, without -0; in place, ascending. */
  sort(values: Float64Array): Float64Array {
    const { length } = values;
    if (length < FEW) return values.sort();
    let least = values[0]!;
    let greatest = least;
    for (let i = 1; i < length; i++) {
      const value = values[i]!;
      if (value < least) least = value;
      else if (value > greatest) greatest = value;
    }
    const parts = Math.min(length, MOST_PARTS);
    const scale = parts / (greatest - least);
    if (!(scale > 0 && Number.isFinite(scale))) return least === greatest ? values : values.sort();
    const { sorted, ends } = this;
    ends.fill(0, 0, parts + 2);
    // The greatest may be in one more part. Parts rise with the value, however it is rounded.
    for (let i = 0; i < length; i++) ends[(((values[i]! - least) * scale) | 0) + 1]! += 1;
    for (let part = 1; part <= parts; part++) ends[part]! += ends[part - 1]!;
    // What was the end of the part before is its own end when all are placed.
    for (let i = 0; i < length; i++) {
      const value = values[i]!;
      const part = ((value - least) * scale) | 0;
      sorted[ends[part]!] = value;
      ends[part]! += 1;
    }
    for (let part = 0, start = 0; part <= parts; part++) {
      const end = ends[part]!;
      if (end - start > 1) sortPart(sorted, start, end);
      start = end;
    }
    for (let i = 0; i < length; i++) values[i] = sorted[i]!;
    return values;
  }
}

function sortPart(values: Float64Array, start: number, end: number): void {
  if (end - start > FEW) {
    // A part of many is often one value many times.
    for (let i = start + 1; i < end; i++) {
      if (values[i]! < values[i - 1]!) {
        values.subarray(start, end).sort();
        return;
      }
    }
    return;
  }
  for (let i = start + 1; i < end; i++) {
    const value = values[i]!;
    let place = i;
    while (place > start && values[place - 1]! > value) {
      values[place] = values[place - 1]!;
      place--;
    }
    values[place] = value;
  }
}
