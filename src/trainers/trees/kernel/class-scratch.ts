// Compiled into the package and, by assembly/build.js, into the WebAssembly module as well, where `number` is float64 and
// `classScratch` is left out: no imports.

/** Where the parts of the memory lie that classes need; every part is a multiple of 16 bytes. */
export interface ClassScratch {
  /** Weight of each class in the node, and room for the weights on the left (float64). */
  readonly whole: number;
  readonly left: number;
  /** Room for sorted pairs. */
  readonly sorted: number;
  readonly sortedRows: number;
  /** Sums by code and class (float64) and rows by code (int32), zero between calls. */
  readonly histogram: number;
  readonly codeRows: number;
  readonly end: number;
}

/** Bytes of a sum a class (float64), in pairs: there may be room for one class too many. */
export function classSumBytes(classCount: number): number {
  return 16 * Math.ceil(classCount / 2);
}

export function leftAddress(whole: number, classCount: number): number {
  return whole + classSumBytes(classCount);
}

export function sortedAddress(whole: number, classCount: number): number {
  return whole + 2 * classSumBytes(classCount);
}

export function histogramAddress(whole: number, classCount: number, sortedRows: number): number {
  return sortedAddress(whole, classCount) + 16 * Math.ceil(sortedRows / 2);
}

export function codeRowsAddress(whole: number, classCount: number, sortedRows: number): number {
  return histogramAddress(whole, classCount, sortedRows) + 256 * classSumBytes(classCount);
}

/** @param capacity rows that a tree learns from at most. */
export function classScratch(address: number, classCount: number, capacity: number): ClassScratch {
  // ClassSplitter sorts where 2 x rows <= codes x classes, of at most 255 codes; the kernel by itself sorts fewer.
  const sortedRows = Math.min(capacity, 16 * classSumBytes(classCount));
  const codeRows = codeRowsAddress(address, classCount, sortedRows);
  return {
    whole: address,
    left: leftAddress(address, classCount),
    sorted: sortedAddress(address, classCount),
    sortedRows,
    histogram: histogramAddress(address, classCount, sortedRows),
    codeRows,
    end: codeRows + 4 * 256,
  };
}
