// When the weights of a node's classes are summed up in which order. The orders round differently: kernels agree to the
// bit only where all of them choose alike. Compiled into the package and, by assembly/build.js, into the WebAssembly
// module as well: numbers alone, no imports.

/** Nodes of up to so many rows are sorted by code; no more than a vector of WebAssembly has bytes. */
export const FEW_ROWS = 16;

/** A histogram pays where it has fewer sums than so many times the rows. */
const HISTOGRAM_SHARE = 8;

/** Whether a node is summed up by code and class, not sorted. @param classSums sums a code, one a class and maybe one more. */
export function isForHistogram(rows: number, codes: number, classSums: number): boolean {
  return rows > FEW_ROWS && HISTOGRAM_SHARE * rows > codes * classSums;
}
