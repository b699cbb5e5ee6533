import type { TreeFeature } from './tree-features.js';

/** Rows copied column by column before the next ones: their codes stay in the cache. */
const COPIED_ROWS = 4096;

/**
 * Writes the codes of a fold row by row, so that a row of a small node costs one line of the cache; a missing value as
 * its stand-in.
 * @param features one a slot. @param rowOf dataset row of each position. @param codes length rowOf x features.
 */
export function copyRowMajor(features: readonly TreeFeature[], rowOf: Int32Array, codes: Uint8Array): void {
  const slots = features.length;
  for (let from = 0; from < rowOf.length; from += COPIED_ROWS) {
    const to = Math.min(rowOf.length, from + COPIED_ROWS);
    for (const [slot, { cells, missing, imputed }] of features.entries()) {
      for (let i = from; i < to; i++) {
        const code = cells[rowOf[i]!]!;
        codes[i * slots + slot] = code === missing ? imputed : code;
      }
    }
  }
}
