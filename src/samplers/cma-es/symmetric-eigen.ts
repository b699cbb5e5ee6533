/** Sweeps until the Jacobi method gives up; it converges quadratically and needs about ten for any size. */
const MOST_SWEEPS = 60;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations (G. H. Golub and C. F. Van Loan, Matrix
 * Computations, 4th ed., Section 8.5).
 * @param matrix n x n, row-major; destroyed, its diagonal holds the eigenvalues afterwards.
 * @param vectors n x n, row-major; column j is set to the eigenvector of the j-th eigenvalue.
 */
export function symmetricEigen(matrix: Float64Array, n: number, vectors: Float64Array): void {
  vectors.fill(0);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let offDiagonal = 0;
    let diagonal = 0;
    for (let i = 0; i < n; i++) {
      diagonal += matrix[i * n + i]! ** 2;
      for (let j = i + 1; j < n; j++) offDiagonal += matrix[i * n + j]! ** 2;
    }
    if (offDiagonal <= 1e-30 * diagonal) return;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(matrix, n, vectors, p, q);
  }
}

/** Makes the element at (p, q) zero. */
function rotate(matrix: Float64Array, n: number, vectors: Float64Array, p: number, q: number): void {
  const apq = matrix[p * n + q]!;
  if (apq === 0) return;
  const tau = (matrix[q * n + q]! - matrix[p * n + p]!) / (2 * apq);
  const tangent = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.hypot(1, tau));
  const cosine = 1 / Math.hypot(1, tangent);
  const sine = tangent * cosine;
  for (let k = 0; k < n; k++) {
    const akp = matrix[k * n + p]!;
    const akq = matrix[k * n + q]!;
    matrix[k * n + p] = cosine * akp - sine * akq;
    matrix[k * n + q] = sine * akp + cosine * akq;
  }
  for (let k = 0; k < n; k++) {
    const apk = matrix[p * n + k]!;
    const aqk = matrix[q * n + k]!;
    matrix[p * n + k] = cosine * apk - sine * aqk;
    matrix[q * n + k] = sine * apk + cosine * aqk;
    const vkp = vectors[k * n + p]!;
    const vkq = vectors[k * n + q]!;
    vectors[k * n + p] = cosine * vkp - sine * vkq;
    vectors[k * n + q] = sine * vkp + cosine * vkq;
  }
}
