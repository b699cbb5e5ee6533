// When the weights of a node's classes are summed up in which order. The orders round differently: kernels agree to the
// bit only where all of them choose alike. Compiled into the package and, by assembly/build.js, into the WebAssembly
// module as well: constants alone, no imports.

/** Nodes of up to so many rows are sorted by code; no more than a vector of WebAssembly has bytes. */
export const FEW_ROWS = 16;

/** Larger ones are summed up by code and class where that takes fewer sums than so many times the rows. */
export const HISTOGRAM_SHARE = 8;
