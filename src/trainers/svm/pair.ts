import type { ClassRows } from '../sample-weights.js';

/** The rows of two classes, those of the lower one first with sign 1, then those of the other with sign -1. */
export interface Pair {
  readonly rows: Int32Array;
  readonly signs: Float64Array;
}

/** Every two classes: (0,1), (0,2) … (1,2) … */
export function pairsOf({ rows }: ClassRows): Pair[] {
  const pairs: Pair[] = [];
  for (let a = 0; a < rows.length; a++) {
    for (let b = a + 1; b < rows.length; b++) {
      const first = rows[a]!;
      const both = new Int32Array(first.length + rows[b]!.length);
      both.set(first);
      both.set(rows[b]!, first.length);
      pairs.push({ rows: both, signs: Float64Array.from(both, (_, i) => (i < first.length ? 1 : -1)) });
    }
  }
  return pairs;
}
