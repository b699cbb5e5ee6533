/** Fewer numbers than this are sorted as they are. */
const FEW = 32;
/** The most parts that the numbers are put into: their places stay in the cache. */
const MOST_PARTS = 2 ** 14;

/**
 * Sorts numbers into parts of equal width, then each part: a few times as fast as the sort of the runtime where they are
 * spread or repeat, and as fast where they crowd. One serves many columns; the numbers need no second place.
 */
export class NumberSorter {
  /** Of each part the place behind its last number, and the next place that may hold one of another part. */
  private readonly ends = new Int32Array(MOST_PARTS + 2);
  private readonly heads = new Int32Array(MOST_PARTS + 2);

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
    const { ends, heads } = this;
    // The greatest may be in one more part. Parts rise with the value, however it is rounded.
    ends.fill(0, 0, parts + 1);
    for (let i = 0; i < length; i++) ends[((values[i]! - least) * scale) | 0]! += 1;
    for (let part = 0, start = 0; part <= parts; part++) {
      heads[part] = start;
      start += ends[part]!;
      ends[part] = start;
    }
    for (let part = 0, start = 0; part <= parts; part++) {
      const end = ends[part]!;
      // Whatever is not of this part takes the place of one in its own, until that is of this part.
      for (let place = heads[part]!; place < end; place++) {
        let value = values[place]!;
        for (let own = ((value - least) * scale) | 0; own !== part; own = ((value - least) * scale) | 0) {
          const other = heads[own]!;
          heads[own] = other + 1;
          const moved = values[other]!;
          values[other] = value;
          value = moved;
        }
        values[place] = value;
      }
      if (end - start > 1) sortPart(values, start, end);
      start = end;
    }
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
