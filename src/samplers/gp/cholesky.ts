/*
 * Dense Cholesky factors in packed storage: row i of the lower triangle begins at i (i + 1) / 2. A factor of the first
 * n rows is a prefix of a factor of more rows, so observations can be appended without touching what is there.
 */

/** Where row i begins. */
export function rowStart(row: number): number {
  return (row * (row + 1)) / 2;
}

/** The inner product of two stretches of length `length`; four sums at a time, which the processor overlaps. */
export function dotRange(a: Float64Array, aStart: number, b: Float64Array, bStart: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 3 < length; i += 4) {
    s0 += a[aStart + i]! * b[bStart + i]!;
    s1 += a[aStart + i + 1]! * b[bStart + i + 1]!;
    s2 += a[aStart + i + 2]! * b[bStart + i + 2]!;
    s3 += a[aStart + i + 3]! * b[bStart + i + 3]!;
  }
  for (; i < length; i++) s0 += a[aStart + i]! * b[bStart + i]!;
  return s0 + s1 + (s2 + s3);
}

/**
 * Overwrites the rows `from` … `to` - 1 of a packed symmetric matrix by those of its Cholesky factor; the rows before
 * hold the factor already. Costs O((to - from) to^2).
 * @returns false when the matrix is not positive definite.
 */
export function factorRows(matrix: Float64Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const row = rowStart(i);
    for (let j = 0; j < i; j++) {
      const other = rowStart(j);
      matrix[row + j] = (matrix[row + j]! - dotRange(matrix, row, matrix, other, j)) / matrix[other + j]!;
    }
    const square = matrix[row + i]! - dotRange(matrix, row, matrix, row, i);
    if (!(square > 0)) return false;
    matrix[row + i] = Math.sqrt(square);
  }
  return true;
}

/** Solves L x = b in place, L of `size` rows. */
export function solveLower(factor: Float64Array, size: number, vector: Float64Array): void {
  for (let i = 0; i < size; i++) {
    const row = rowStart(i);
    vector[i] = (vector[i]! - dotRange(factor, row, vector, 0, i)) / factor[row + i]!;
  }
}

/** Solves L' x = b in place, L of `size` rows. */
export function solveUpper(factor: Float64Array, size: number, vector: Float64Array): void {
  for (let i = size - 1; i >= 0; i--) {
    const row = rowStart(i);
    const value = vector[i]! / factor[row + i]!;
    vector[i] = value;
    for (let j = 0; j < i; j++) vector[j]! -= factor[row + j]! * value;
  }
}

/** log det(L L'). */
export function logDeterminant(factor: Float64Array, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += Math.log(factor[rowStart(i) + i]!);
  return 2 * sum;
}

/**
 * The inverse of L L', packed.
 * @param scratch length size * size; its upper triangle receives the rows of the transpose of inv(L).
 */
export function invertFactored(factor: Float64Array, size: number, scratch: Float64Array, out: Float64Array): void {
  // Row c of the scratch, from place c on, is column c of inv(L), so that every inner product below is contiguous.
  for (let column = 0; column < size; column++) {
    const start = column * size;
    scratch[start + column] = 1 / factor[rowStart(column) + column]!;
    for (let i = column + 1; i < size; i++) {
      const row = rowStart(i);
      const sum = dotRange(factor, row + column, scratch, start + column, i - column);
      scratch[start + i] = -sum / factor[row + i]!;
    }
  }
  for (let i = 0; i < size; i++) {
    const row = rowStart(i);
    for (let j = 0; j <= i; j++) out[row + j] = dotRange(scratch, i * size + i, scratch, j * size + i, size - i);
  }
}
