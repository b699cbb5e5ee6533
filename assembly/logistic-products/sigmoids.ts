/** exp(-|score|) and 1 / (1 + exp(-score)) of an even count of scores, as in src/trainers/linear/sigmoids.ts. */
export function sigmoids(scores: usize, count: i32, exponentials: usize, sigmoids: usize): void {
  const shift = f64x2.splat(6755399441055744);
  const one = f64x2.splat(1);
  const end = (<usize>count) << 3;
  for (let at: usize = 0; at < end; at += 16) {
    const score = v128.load(scores + at);
    const x = f64x2.pmax(f64x2.splat(-708), f64x2.neg(f64x2.abs(score)));
    const shifted = f64x2.add(f64x2.mul(x, f64x2.splat(Math.LOG2E)), shift);
    const k = f64x2.sub(shifted, shift);
    const high = f64x2.sub(x, f64x2.mul(k, f64x2.splat(0.6931471803691238)));
    const r = f64x2.sub(high, f64x2.mul(k, f64x2.splat(1.9082149292705877e-10)));
    let sum = f64x2.splat(1.0 / 6227020800.0);
    sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 479001600.0));
    sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 39916800.0));
    sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 3628800.0));
    sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 362880.0));
    sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 40320.0));
    sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 5040.0));
    sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 720.0));
    sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 120.0));
    sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 24.0));
    sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 6.0));
    sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(0.5));
    sum = f64x2.add(f64x2.mul(sum, r), one);
    sum = f64x2.add(f64x2.mul(sum, r), one);
    // The lowest bits of the shifted number are those of k, which become the exponent of 2^k.
    const power = i64x2.shl(i64x2.add(shifted, i64x2.splat(1023)), 52);
    const small = f64x2.mul(sum, power);
    v128.store(exponentials + at, small);
    const numerator = v128.bitselect(one, small, f64x2.ge(score, f64x2.splat(0)));
    v128.store(sigmoids + at, f64x2.div(numerator, f64x2.add(one, small)));
  }
}
