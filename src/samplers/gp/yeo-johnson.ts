/** Range of the exponents tried; 1 changes nothing. */
const LOWEST = -2;
const HIGHEST = 4;
const ITERATIONS = 40;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** I.-K. Yeo and R. A. Johnson, "A new family of power transformations", Biometrika 87 (2000), pp. 954-959, Eq. 2.1. */
export function yeoJohnson(value: number, exponent: number): number {
  if (value >= 0) {
    return Math.abs(exponent) < 1e-9 ? Math.log1p(value) : Math.expm1(exponent * Math.log1p(value)) / exponent;
  }
  const mirrored = 2 - exponent;
  return Math.abs(mirrored) < 1e-9 ? -Math.log1p(-value) : -Math.expm1(mirrored * Math.log1p(-value)) / mirrored;
}

/** The sum over the values of the logarithm of the transformation's derivative. */
export function logJacobian(values: Float64Array, exponent: number): number {
  let sum = 0;
  for (const value of values) sum += Math.sign(value) * Math.log1p(Math.abs(value));
  return (exponent - 1) * sum;
}

/** The exponent under which the values look most like a normal sample (Section 3 there), by golden section. */
export function fitExponent(values: Float64Array): number {
  const slope = logJacobian(values, 2);
  const logLikelihood = (exponent: number): number => {
    let sum = 0;
    let squares = 0;
    for (const value of values) {
      const moved = yeoJohnson(value, exponent);
      sum += moved;
      squares += moved * moved;
    }
    const mean = sum / values.length;
    return (-values.length / 2) * Math.log(squares / values.length - mean * mean) + (exponent - 1) * slope;
  };
  let low = LOWEST;
  let high = HIGHEST;
  let left = high - GOLDEN * (high - low);
  let right = low + GOLDEN * (high - low);
  let atLeft = logLikelihood(left);
  let atRight = logLikelihood(right);
  for (let i = 0; i < ITERATIONS; i++) {
    if (atLeft >= atRight) {
      high = right;
      right = left;
      atRight = atLeft;
      left = high - GOLDEN * (high - low);
      atLeft = logLikelihood(left);
    } else {
      low = left;
      left = right;
      atLeft = atRight;
      right = low + GOLDEN * (high - low);
      atRight = logLikelihood(right);
    }
  }
  return (low + high) / 2;
}
