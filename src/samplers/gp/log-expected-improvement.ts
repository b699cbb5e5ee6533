import { normalCdf } from '../../space/normal-distribution.js';

/** Beyond this many standard deviations the continued fraction takes over; before it the direct formula keeps 14 digits. */
const TAIL_START = 3;
/** Enough for 1e-14 from TAIL_START on. */
const TAIL_TERMS = 60;
const LOG_ROOT_2PI = 0.5 * Math.log(2 * Math.PI);

/**
 * log h(z), h(z) = φ(z) + z Φ(z), finite for every z: Eq. 9 of Ament et al., "Unexpected improvements to expected
 * improvement for Bayesian optimization", arXiv:2310.20708. Log expected improvement is log h(z) + log σ with
 * z = (best - μ) / σ. In the lower tail h = φ(z) c / (x + c), x = -z, with Laplace's continued fraction
 * c = 1 / (x + 2 / (x + 3 / (x + …))) (Abramowitz & Stegun 26.2.14), in which nothing cancels.
 */
export function logImprovement(z: number): number {
  if (z > -TAIL_START) return Math.log(Math.exp(-0.5 * z * z - LOG_ROOT_2PI) + z * normalCdf(z));
  const remainder = tailRemainder(-z);
  return -0.5 * z * z - LOG_ROOT_2PI + Math.log(remainder / (remainder - z));
}

/** Derivative of `logImprovement`: Φ(z) / h(z). */
export function logImprovementSlope(z: number): number {
  if (z > -TAIL_START) {
    const probability = normalCdf(z);
    return probability / (Math.exp(-0.5 * z * z - LOG_ROOT_2PI) + z * probability);
  }
  return 1 / tailRemainder(-z);
}

function tailRemainder(x: number): number {
  // Beyond 1e5 the first term is exact.
  if (x > 1e5) return 1 / x;
  let fraction = x;
  for (let term = TAIL_TERMS; term >= 2; term--) fraction = x + term / fraction;
  return 1 / fraction;
}
