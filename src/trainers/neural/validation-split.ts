import type { Random } from '../../random.js';

export interface ValidationSplit {
  readonly trainRows: Int32Array;
  readonly validationRows: Int32Array;
}

/**
 * Sets a share of the rows aside, the same share of each class where there are classes. Every class keeps a row to learn
 * from; where nothing can be set aside, nothing is.
 * @param labels a class a row, or undefined.
 */
export function splitForValidation(
  labels: Float64Array | undefined,
  rows: number,
  fraction: number,
  random: Random,
): ValidationSplit {
  const groups = new Map<number, number[]>();
  for (const row of random.shuffle(Int32Array.from({ length: rows }, (_, i) => i))) {
    const label = labels?.[row] ?? 0;
    const group = groups.get(label);
    if (group === undefined) groups.set(label, [row]);
    else group.push(row);
  }
  const aside: number[] = [];
  const kept: number[] = [];
  for (const group of groups.values()) {
    const count = fraction === 0 ? 0 : Math.min(group.length - 1, Math.round(group.length * fraction));
    aside.push(...group.slice(0, count));
    kept.push(...group.slice(count));
  }
  return { trainRows: Int32Array.from(kept).sort(), validationRows: Int32Array.from(aside).sort() };
}
