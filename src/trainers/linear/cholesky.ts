/**
 * Overwrites the lower triangle of a symmetric positive semi-definite matrix A with L, A = L L' (Golub & Van Loan,
 * Matrix Computations, 4th ed., algorithm 4.2.1, by rows). A row that depends on earlier ones gets an infinite pivot,
 * so that `solveCholesky` gives its unknown the value 0.
 * @param matrix size x size, row-major; the upper triangle is not touched.
 * @param tolerance share of its diagonal element below which a pivot counts as zero.
 */
export function factorCholesky(matrix: Float64Array, size: number, tolerance = 1e-13): void {
  for (let i = 0; i < size; i++) {
    const rowI = i * size;
    for (let j = 0; j < i; j++) {
      const rowJ = j * size;
      let sum = matrix[rowI + j]!;
      for (let k = 0; k < j; k++) sum -= matrix[rowI + k]! * matrix[rowJ + k]!;
      matrix[rowI + j] = sum / matrix[rowJ + j]!;
    }
    const diagonal = matrix[rowI + i]!;
    let pivot = diagonal;
    for (let k = 0; k < i; k++) pivot -= matrix[rowI + k]! * matrix[rowI + k]!;
    matrix[rowI + i] = pivot > tolerance * diagonal ? Math.sqrt(pivot) : Number.POSITIVE_INFINITY;
  }
}

/** Solves L L' x = b in place. @param lower as `factorCholesky` left it. @param offset where b starts in `vector`. */
export function solveCholesky(lower: Float64Array, size: number, vector: Float64Array, offset = 0): void {
  for (let i = 0; i < size; i++) {
    let sum = vector[offset + i]!;
    for (let k = 0; k < i; k++) sum -= lower[i * size + k]! * vector[offset + k]!;
    vector[offset + i] = sum / lower[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    const solved = vector[offset + i]! / lower[i * size + i]!;
    vector[offset + i] = solved;
    for (let k = 0; k < i; k++) vector[offset + k]! -= lower[i * size + k]! * solved;
  }
}
