import type { TreeFeature } from './tree-features.js';

/** Rows copied column by column before the next ones: their codes stay in the cache. */
const COPIED_ROWS = 4096;

/**
 * Writes the codes of a fold row by row, so that a row of a small node costs one line of the cache; a missing value as
 * its stand-in.
 * @param features one a slot. @param rowOf dataset row of each position. @param codes length rowOf x features.
 * @returns 1 for each slot with missing values and no stand-in.
 */
export function copyRowMajor(features: readonly TreeFeature[], rowOf: Int32Array, codes: Uint8Array): Uint8Array {
  const slots = features.length;
  const lacking = new Uint8Array(slots);
  for (let from = 0; from < rowOf.length; from += COPIED_ROWS) {
    const to = Math.min(rowOf.length, from + COPIED_ROWS);
    for (const [slot, { cells, missing, imputed }] of features.entries()) {
      let isLacking = 0;
      for (let i = from; i < to; i++) {
        const cell = cells[rowOf[i]!]!;
        const code = cell === missing ? imputed : cell;
        if (code === missing) isLacking = 1;
        codes[i * slots + slot] = code;
      }
      if (isLacking === 1) lacking[slot] = 1;
    }
  }
  return lacking;
}
