// Compiled into the package and, by assembly/build.js, into the WebAssembly module as well: constants alone, no imports.

/** What is left of a node's weight below this share of it is rounding: no side. */
export const LEAST_WEIGHT_SHARE = 1e-12;

/** 2^-32: a random number of 32 bits, times this and n, is uniform over 0 … n - 1. */
export const DRAW_UNIT = 2.3283064365386963e-10;
