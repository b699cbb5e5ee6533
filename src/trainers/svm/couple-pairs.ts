/** Keeps pairwise probabilities away from 0 and 1, as LIBSVM does. */
const PAIR_MARGIN = 1e-7;

/**
 * Class probabilities from the probabilities within each pair of classes: Wu, Lin and Weng, "Probability estimates for
 * multi-class classification by pairwise coupling", JMLR 5 (2004), the second method, algorithm 2.
 * @param pairs P(a | a or b) for a < b, in the order (0,1), (0,2) … (1,2) …
 * @param out length classes; sums to 1.
 */
export function couplePairs(pairs: ArrayLike<number>, classes: number, out: Float64Array): void {
  const q = new Float64Array(classes * classes);
  for (let a = 0, pair = 0; a < classes; a++) {
    for (let b = a + 1; b < classes; b++, pair++) {
      const p = Math.min(1 - PAIR_MARGIN, Math.max(PAIR_MARGIN, pairs[pair]!));
      q[a * classes + a]! += (1 - p) * (1 - p);
      q[b * classes + b]! += p * p;
      q[a * classes + b] = q[b * classes + a] = -p * (1 - p);
    }
  }
  out.fill(1 / classes);
  const product = new Float64Array(classes);
  const tolerance = 0.005 / classes;
  const iterations = Math.max(100, classes);
  for (let iteration = 0; iteration < iterations; iteration++) {
    let quadratic = 0;
    for (let a = 0; a < classes; a++) {
      let sum = 0;
      for (let b = 0; b < classes; b++) sum += q[a * classes + b]! * out[b]!;
      product[a] = sum;
      quadratic += out[a]! * sum;
    }
    let error = 0;
    for (let a = 0; a < classes; a++) error = Math.max(error, Math.abs(product[a]! - quadratic));
    if (error < tolerance) break;
    for (let a = 0; a < classes; a++) {
      const step = (quadratic - product[a]!) / q[a * classes + a]!;
      out[a]! += step;
      quadratic = (quadratic + step * (step * q[a * classes + a]! + 2 * product[a]!)) / (1 + step) / (1 + step);
      for (let b = 0; b < classes; b++) {
        product[b] = (product[b]! + step * q[a * classes + b]!) / (1 + step);
        out[b]! /= 1 + step;
      }
    }
  }
}
