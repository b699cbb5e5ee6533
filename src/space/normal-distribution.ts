/** Where the rational approximation hands over to the continued fraction, which is exact in the tail. */
const TAIL_START = 4;
/** Enough for 1e-16 from TAIL_START on. */
const TAIL_TERMS = 30;

/**
 * Standard normal distribution function, to about 1e-15, in the lower tail to about 1e-13 of its value.
 * Sources: J. F. Hart et al., Computer Approximations (1968), algorithm 5666, in the form of G. West, "Better
 * approximations to cumulative normal functions", Wilmott Magazine (2005), pp. 70-76; in the tail Laplace's continued
 * fraction, Abramowitz and Stegun (1964), Eq. 26.2.14.
 */
export function normalCdf(x: number): number {
  const distance = Math.abs(x);
  if (distance > 38) return x > 0 ? 1 : 0;
  const tail = Math.exp((-distance * distance) / 2) * tailFactor(distance);
  return x > 0 ? 1 - tail : tail;
}

/** The upper tail at x >= 0 over exp(-x^2 / 2). */
function tailFactor(x: number): number {
  if (x >= TAIL_START) {
    let fraction = x;
    for (let term = TAIL_TERMS; term >= 1; term--) fraction = x + term / fraction;
    return 1 / (fraction * Math.sqrt(2 * Math.PI));
  }
  const numerator =
    (((((0.0352624965998911 * x + 0.700383064443688) * x + 6.37396220353165) * x + 33.912866078383) * x +
      112.079291497871) *
      x +
      221.213596169931) *
      x +
    220.206867912376;
  const denominator =
    ((((((0.0883883476483184 * x + 1.75566716318264) * x + 16.064177579207) * x + 86.7807322029461) * x +
      296.564248779674) *
      x +
      637.333633378831) *
      x +
      793.826512519948) *
      x +
    440.413735824752;
  return numerator / denominator;
}

/**
 * Inverse of the standard normal distribution function, to about 1e-16 relative.
 * Source: M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37
 * (1988), pp. 477-484, routine PPND16.
 * @param probability 0 gives -Infinity, 1 gives Infinity.
 */
export function normalQuantile(probability: number): number {
  const centred = probability - 0.5;
  if (Math.abs(centred) <= 0.425) {
    const r = 0.180625 - centred * centred;
    return (centred * polynomial(CENTRE_NUMERATOR, r)) / polynomial(CENTRE_DENOMINATOR, r);
  }
  const tail = centred < 0 ? probability : 1 - probability;
  if (tail <= 0) return centred < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const r = Math.sqrt(-Math.log(tail));
  const quantile =
    r <= 5
      ? polynomial(MIDDLE_NUMERATOR, r - 1.6) / polynomial(MIDDLE_DENOMINATOR, r - 1.6)
      : polynomial(FAR_NUMERATOR, r - 5) / polynomial(FAR_DENOMINATOR, r - 5);
  return centred < 0 ? -quantile : quantile;
}

/** Horner's rule. @param coefficients from the constant upward. */
function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + coefficients[i]!;
  return sum;
}

const CENTRE_NUMERATOR = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
  33430.57558358813, 2509.0809287301227,
];
const CENTRE_DENOMINATOR = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943,
  5226.495278852854,
];
const MIDDLE_NUMERATOR = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
  0.022723844989269184, 0.0007745450142783414,
];
const MIDDLE_DENOMINATOR = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
];
const FAR_NUMERATOR = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
];
const FAR_DENOMINATOR = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5,
  1.421511758316446e-7, 2.0442631033899397e-15,
];
