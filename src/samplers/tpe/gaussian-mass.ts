import { normalCdf } from '../../space/normal-distribution.js';

/** Beyond this many standard deviations less than 1e-15 of the mass is left. */
const NEGLIGIBLE = 8;

/**
 * The probability that a standard normal variable lies between two bounds. Taken from the tail where both bounds lie on
 * the same side, so that small differences keep their digits.
 */
export function gaussianMass(low: number, high: number): number {
  return low > 0 ? normalCdf(-low) - normalCdf(-high) : normalCdf(high) - normalCdf(low);
}

/** The part of a normal distribution that lies in the unit interval. @param centre 0 … 1. */
export function unitIntervalMass(centre: number, sigma: number): number {
  const below = centre > NEGLIGIBLE * sigma ? 0 : normalCdf(-centre / sigma);
  const above = 1 - centre > NEGLIGIBLE * sigma ? 0 : normalCdf((centre - 1) / sigma);
  return 1 - below - above;
}
