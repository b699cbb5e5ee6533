const fround = Math.fround;

const LOG2_E = fround(Math.LOG2E);
const LN2_HIGH = fround(0.693359375);
const LN2_LOW = fround(-2.1219444e-4);
const P0 = fround(1.98756915e-4);
const P1 = fround(1.3981999507e-3);
const P2 = fround(8.3334519073e-3);
const P3 = fround(4.1665795894e-2);
const P4 = fround(1.6666665459e-1);
const P5 = fround(5.0000001201e-1);
const HALF = fround(0.5);
const ONE = fround(1);

/** Below it the result is 0: the smallest normal single is exp(-87.34). */
const EXP_CUTOFF = -87;

const POWERS_OF_HALF = Float32Array.from({ length: 128 }, (_, k) => 2 ** -k);

/**
 * exp(x) for x <= 0 in single precision, about 1 unit in the last place, from basic operations only so that every
 * machine and the WebAssembly kernel give the same bits. Range reduction and polynomial: expf of Moshier's Cephes.
 */
export function expNonPositive(x: number): number {
  if (!(x >= EXP_CUTOFF)) return 0;
  const n = Math.floor(fround(fround(x * LOG2_E) + HALF));
  const r = fround(fround(x - fround(n * LN2_HIGH)) - fround(n * LN2_LOW));
  let p = fround(fround(P0 * r) + P1);
  p = fround(fround(p * r) + P2);
  p = fround(fround(p * r) + P3);
  p = fround(fround(p * r) + P4);
  p = fround(fround(p * r) + P5);
  p = fround(fround(fround(p * fround(r * r)) + r) + ONE);
  return fround(p * POWERS_OF_HALF[-n]!);
}
