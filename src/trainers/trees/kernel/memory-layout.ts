// Compiled into the package and, by assembly/build.js, into the WebAssembly module as well: numbers alone, no imports.

/** A cell of a histogram: sum of gradients and sum of hessians (float64), then rows (int32). */
export const CELL_BYTES = 32;

// The first bytes of the memory; what lies between is the kernel's own.

/** Where a kernel says what it found; its methods tell what lies there. */
export const RESULT_ADDRESS = 64;
export const LIST_ADDRESS = 384 + 256 * CELL_BYTES;
export const PRESENT_ADDRESS = LIST_ADDRESS + 256 * CELL_BYTES;
/** Room for the 256 bytes of `partition`. */
export const GOES_LEFT_ADDRESS = PRESENT_ADDRESS + 256 * 4;
/**
 * Room for 256 ones and then as many zeros: from `STEP_ADDRESS + 255 - bin` on, it says to `partition` that the codes up
 * to `bin` go left.
 */
export const STEP_ADDRESS = GOES_LEFT_ADDRESS + 256;
/** From here on the memory is the caller's. */
export const FREE_ADDRESS = STEP_ADDRESS + 512;

/** Of the typical values of the codes of a feature. */
export const CENTERS_BYTES = 256 * 8;

/**
 * What `search` draws from and by: the state of a random stream in four words, the order of the features and which of
 * them are known to be constant (int32 each), and how many codes each has (a byte).
 */
export function drawingBytes(features: number): number {
  return 16 + 9 * features;
}
