// AssemblyScript. The passes over a tall row-major table that logistic regression takes, two numbers an instruction, in
// the order of ScalarLogisticProducts (src/trainers/linear/logistic-products.ts), its reference: the two agree to the
// bit. Products take rows by fours or eights: what is missing of the last ones is zero. Built by assembly/build.js.

/** Each column's mean by the rows' shares, then each one's lowest, then each one's highest value. */
export function locate(data: usize, rows: i32, columns: i32, shares: usize, means: usize): void {
  const rowBytes = (<usize>columns) << 3;
  const pairBytes = (<usize>(columns & ~1)) << 3;
  const lowest = means + rowBytes;
  const highest = lowest + rowBytes;
  memory.fill(means, 0, rowBytes);
  memory.copy(lowest, data, rowBytes);
  memory.copy(highest, data, rowBytes);
  let row = 0;
  for (; row + 3 < rows; row += 4) {
    const shareA = v128.load64_splat(shares);
    const shareB = v128.load64_splat(shares, 8);
    const shareC = v128.load64_splat(shares, 16);
    const shareD = v128.load64_splat(shares, 24);
    let j: usize = 0;
    for (; j < pairBytes; j += 16) {
      const a = v128.load(data + j);
      const b = v128.load(data + j + rowBytes);
      const c = v128.load(data + j + 2 * rowBytes);
      const d = v128.load(data + j + 3 * rowBytes);
      let mean = f64x2.add(v128.load(means + j), f64x2.mul(shareA, a));
      mean = f64x2.add(mean, f64x2.mul(shareB, b));
      mean = f64x2.add(mean, f64x2.mul(shareC, c));
      v128.store(means + j, f64x2.add(mean, f64x2.mul(shareD, d)));
      const low = f64x2.pmin(f64x2.pmin(v128.load(lowest + j), a), b);
      v128.store(lowest + j, f64x2.pmin(f64x2.pmin(low, c), d));
      const high = f64x2.pmax(f64x2.pmax(v128.load(highest + j), a), b);
      v128.store(highest + j, f64x2.pmax(f64x2.pmax(high, c), d));
    }
    for (let i = 0; i < 4; i++, data += rowBytes, shares += 8) {
      if (j < rowBytes) locateValue(data + j, shares, means + j, rowBytes);
    }
  }
  for (; row < rows; row++, data += rowBytes, shares += 8) {
    for (let j: usize = 0; j < rowBytes; j += 8) locateValue(data + j, shares, means + j, rowBytes);
  }
}

function locateValue(at: usize, share: usize, mean: usize, rowBytes: usize): void {
  const value = load<f64>(at);
  const lowest = mean + rowBytes;
  const highest = lowest + rowBytes;
  store<f64>(mean, load<f64>(mean) + load<f64>(share) * value);
  if (value < load<f64>(lowest)) store<f64>(lowest, value);
  if (value > load<f64>(highest)) store<f64>(highest, value);
}

/** Each column's mean of ((value - mean) * scale)^2 by the rows' shares; scales stand behind the means. */
export function variances(data: usize, rows: i32, columns: i32, shares: usize, means: usize, out: usize): void {
  const rowBytes = (<usize>columns) << 3;
  const pairBytes = (<usize>(columns & ~1)) << 3;
  const scales = means + rowBytes;
  memory.fill(out, 0, rowBytes);
  let row = 0;
  for (; row + 3 < rows; row += 4) {
    const shareA = v128.load64_splat(shares);
    const shareB = v128.load64_splat(shares, 8);
    const shareC = v128.load64_splat(shares, 16);
    const shareD = v128.load64_splat(shares, 24);
    let j: usize = 0;
    for (; j < pairBytes; j += 16) {
      const mean = v128.load(means + j);
      const scale = v128.load(scales + j);
      const a = f64x2.mul(f64x2.sub(v128.load(data + j), mean), scale);
      const b = f64x2.mul(f64x2.sub(v128.load(data + j + rowBytes), mean), scale);
      const c = f64x2.mul(f64x2.sub(v128.load(data + j + 2 * rowBytes), mean), scale);
      const d = f64x2.mul(f64x2.sub(v128.load(data + j + 3 * rowBytes), mean), scale);
      let sum = f64x2.add(v128.load(out + j), f64x2.mul(f64x2.mul(shareA, a), a));
      sum = f64x2.add(sum, f64x2.mul(f64x2.mul(shareB, b), b));
      sum = f64x2.add(sum, f64x2.mul(f64x2.mul(shareC, c), c));
      v128.store(out + j, f64x2.add(sum, f64x2.mul(f64x2.mul(shareD, d), d)));
    }
    for (let i = 0; i < 4; i++, data += rowBytes, shares += 8) {
      if (j < rowBytes) addVariance(data + j, shares, means + j, rowBytes, out + j);
    }
  }
  for (; row < rows; row++, data += rowBytes, shares += 8) {
    for (let j: usize = 0; j < rowBytes; j += 8) addVariance(data + j, shares, means + j, rowBytes, out + j);
  }
}

function addVariance(at: usize, share: usize, mean: usize, rowBytes: usize, to: usize): void {
  const scaled = (load<f64>(at) - load<f64>(mean)) * load<f64>(mean + rowBytes);
  store<f64>(to, load<f64>(to) + load<f64>(share) * scaled * scaled);
}

/** Replaces each value by (value - mean) * scale; scales stand behind the means. */
export function standardize(data: usize, rows: i32, columns: i32, means: usize): void {
  const rowBytes = (<usize>columns) << 3;
  const scales = means + rowBytes;
  const pairBytes = (<usize>(columns & ~1)) << 3;
  for (let row = 0; row < rows; row++) {
    let j: usize = 0;
    for (; j < pairBytes; j += 16) {
      const centered = f64x2.sub(v128.load(data + j), v128.load(means + j));
      v128.store(data + j, f64x2.mul(centered, v128.load(scales + j)));
    }
    if (j < rowBytes) store<f64>(data + j, (load<f64>(data + j) - load<f64>(means + j)) * load<f64>(scales + j));
    data += rowBytes;
  }
}

/** The upper triangle of the sum of share * row'row over `count` rows, every `step`-th. */
export function gram(data: usize, count: i32, columns: i32, shares: usize, step: i32, out: usize): void {
  const rowBytes = (<usize>columns) << 3;
  const shareStep = (<usize>step) << 3;
  const rowStep = <usize>step * rowBytes;
  memory.fill(out, 0, <usize>columns * rowBytes);
  let i = 0;
  for (; i + 3 < count; i += 4) {
    const a = data;
    const b = a + rowStep;
    const c = b + rowStep;
    const d = c + rowStep;
    const shareA = load<f64>(shares);
    const shareB = load<f64>(shares + shareStep);
    const shareC = load<f64>(shares + 2 * shareStep);
    const shareD = load<f64>(shares + 3 * shareStep);
    let to = out;
    for (let j: usize = 0; j < rowBytes; j += 8) {
      const aj = shareA * load<f64>(a + j);
      const bj = shareB * load<f64>(b + j);
      const cj = shareC * load<f64>(c + j);
      const dj = shareD * load<f64>(d + j);
      const a2 = f64x2.splat(aj);
      const b2 = f64x2.splat(bj);
      const c2 = f64x2.splat(cj);
      const d2 = f64x2.splat(dj);
      let k = j;
      for (; k + 8 < rowBytes; k += 16) {
        const sum = f64x2.add(
          f64x2.add(f64x2.mul(a2, v128.load(a + k)), f64x2.mul(b2, v128.load(b + k))),
          f64x2.add(f64x2.mul(c2, v128.load(c + k)), f64x2.mul(d2, v128.load(d + k))),
        );
        v128.store(to + k, f64x2.add(v128.load(to + k), sum));
      }
      if (k < rowBytes) {
        const sum = aj * load<f64>(a + k) + bj * load<f64>(b + k) + (cj * load<f64>(c + k) + dj * load<f64>(d + k));
        store<f64>(to + k, load<f64>(to + k) + sum);
      }
      to += rowBytes;
    }
    data += 4 * rowStep;
    shares += 4 * shareStep;
  }
  for (; i < count; i++, data += rowStep, shares += shareStep) {
    for (let j: usize = 0, to = out; j < rowBytes; j += 8, to += rowBytes) {
      const aj = load<f64>(shares) * load<f64>(data + j);
      for (let k = j; k < rowBytes; k += 8) store<f64>(to + k, load<f64>(to + k) + aj * load<f64>(data + k));
    }
  }
}

/** out = [data, 1] v for one output: the intercept, last in v, and columns 0, 2, 4 …, then columns 1, 3, 5 …, then both. */
export function scoresOfOne(data: usize, rows: i32, columns: i32, v: usize, out: usize): void {
  const rowBytes = (<usize>columns) << 3;
  const pairBytes = (<usize>(columns & ~1)) << 3;
  const intercept = v128.load64_zero(v + rowBytes);
  for (let row = 0; row < rows; row += 8) {
    let a = intercept;
    let b = intercept;
    let c = intercept;
    let d = intercept;
    let e = intercept;
    let f = intercept;
    let g = intercept;
    let h = intercept;
    let at = data;
    let p = v;
    const end = data + pairBytes;
    for (; at < end; at += 16, p += 16) {
      const pair = v128.load(p);
      const low = at + 4 * rowBytes;
      a = f64x2.add(a, f64x2.mul(pair, v128.load(at)));
      b = f64x2.add(b, f64x2.mul(pair, v128.load(at + rowBytes)));
      c = f64x2.add(c, f64x2.mul(pair, v128.load(at + 2 * rowBytes)));
      d = f64x2.add(d, f64x2.mul(pair, v128.load(at + 3 * rowBytes)));
      e = f64x2.add(e, f64x2.mul(pair, v128.load(low)));
      f = f64x2.add(f, f64x2.mul(pair, v128.load(low + rowBytes)));
      g = f64x2.add(g, f64x2.mul(pair, v128.load(low + 2 * rowBytes)));
      h = f64x2.add(h, f64x2.mul(pair, v128.load(low + 3 * rowBytes)));
    }
    if (pairBytes < rowBytes) {
      const pair = v128.load64_zero(p);
      const low = at + 4 * rowBytes;
      a = f64x2.add(a, f64x2.mul(pair, v128.load64_zero(at)));
      b = f64x2.add(b, f64x2.mul(pair, v128.load64_zero(at + rowBytes)));
      c = f64x2.add(c, f64x2.mul(pair, v128.load64_zero(at + 2 * rowBytes)));
      d = f64x2.add(d, f64x2.mul(pair, v128.load64_zero(at + 3 * rowBytes)));
      e = f64x2.add(e, f64x2.mul(pair, v128.load64_zero(low)));
      f = f64x2.add(f, f64x2.mul(pair, v128.load64_zero(low + rowBytes)));
      g = f64x2.add(g, f64x2.mul(pair, v128.load64_zero(low + 2 * rowBytes)));
      h = f64x2.add(h, f64x2.mul(pair, v128.load64_zero(low + 3 * rowBytes)));
    }
    storeSum(out, a);
    storeSum(out + 8, b);
    storeSum(out + 16, c);
    storeSum(out + 24, d);
    storeSum(out + 32, e);
    storeSum(out + 40, f);
    storeSum(out + 48, g);
    storeSum(out + 56, h);
    data += 8 * rowBytes;
    out += 64;
  }
}

function storeSum(to: usize, pair: v128): void {
  store<f64>(to, f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1));
}

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

/** gradient += [data, 1]' residuals for one output. */
export function gradientOfOne(data: usize, rows: i32, columns: i32, residuals: usize, gradient: usize): void {
  const rowBytes = (<usize>columns) << 3;
  const pairBytes = (<usize>(columns & ~1)) << 3;
  for (let row = 0; row < rows; row += 8) {
    const a = v128.load64_splat(residuals);
    const b = v128.load64_splat(residuals, 8);
    const c = v128.load64_splat(residuals, 16);
    const d = v128.load64_splat(residuals, 24);
    const e = v128.load64_splat(residuals, 32);
    const f = v128.load64_splat(residuals, 40);
    const g = v128.load64_splat(residuals, 48);
    const h = v128.load64_splat(residuals, 56);
    let at = data;
    let to = gradient;
    const end = data + pairBytes;
    for (; at < end; at += 16, to += 16) {
      const low = at + 4 * rowBytes;
      const first = f64x2.add(
        f64x2.add(f64x2.mul(a, v128.load(at)), f64x2.mul(b, v128.load(at + rowBytes))),
        f64x2.add(f64x2.mul(c, v128.load(at + 2 * rowBytes)), f64x2.mul(d, v128.load(at + 3 * rowBytes))),
      );
      const second = f64x2.add(
        f64x2.add(f64x2.mul(e, v128.load(low)), f64x2.mul(f, v128.load(low + rowBytes))),
        f64x2.add(f64x2.mul(g, v128.load(low + 2 * rowBytes)), f64x2.mul(h, v128.load(low + 3 * rowBytes))),
      );
      v128.store(to, f64x2.add(f64x2.add(v128.load(to), first), second));
    }
    if (pairBytes < rowBytes) {
      const low = at + 4 * rowBytes;
      const first = f64x2.add(
        f64x2.add(f64x2.mul(a, v128.load64_zero(at)), f64x2.mul(b, v128.load64_zero(at + rowBytes))),
        f64x2.add(f64x2.mul(c, v128.load64_zero(at + 2 * rowBytes)), f64x2.mul(d, v128.load64_zero(at + 3 * rowBytes))),
      );
      const second = f64x2.add(
        f64x2.add(f64x2.mul(e, v128.load64_zero(low)), f64x2.mul(f, v128.load64_zero(low + rowBytes))),
        f64x2.add(
          f64x2.mul(g, v128.load64_zero(low + 2 * rowBytes)),
          f64x2.mul(h, v128.load64_zero(low + 3 * rowBytes)),
        ),
      );
      v128.store64_lane(to, f64x2.add(f64x2.add(v128.load64_zero(to), first), second), 0);
      to += 8;
    }
    const first = f64x2.add(f64x2.add(a, b), f64x2.add(c, d));
    const second = f64x2.add(f64x2.add(e, f), f64x2.add(g, h));
    v128.store64_lane(to, f64x2.add(f64x2.add(v128.load64_zero(to), first), second), 0);
    data += 8 * rowBytes;
    residuals += 64;
  }
}

/** out = [data, 1] v; v is (columns + 1) x 4 quads, the intercepts last. */
export function scores(data: usize, blocks: i32, columns: i32, v: usize, quads: i32, out: usize): void {
  const rowBytes = (<usize>columns) << 3;
  const stride = (<usize>quads) << 5;
  const intercepts = v + <usize>columns * stride;
  for (let block = 0; block < blocks; block++) {
    for (let quad = 0; quad < quads; quad++) {
      const shift = (<usize>quad) << 5;
      let a0 = v128.load(intercepts + shift);
      let a1 = v128.load(intercepts + shift, 16);
      let b0 = a0;
      let b1 = a1;
      let c0 = a0;
      let c1 = a1;
      let d0 = a0;
      let d1 = a1;
      let p = v + shift;
      const end = data + rowBytes;
      for (let at = data; at < end; at += 8) {
        const p0 = v128.load(p);
        const p1 = v128.load(p, 16);
        p += stride;
        const za = v128.load64_splat(at);
        const zb = v128.load64_splat(at + rowBytes);
        const zc = v128.load64_splat(at + 2 * rowBytes);
        const zd = v128.load64_splat(at + 3 * rowBytes);
        a0 = f64x2.add(a0, f64x2.mul(za, p0));
        a1 = f64x2.add(a1, f64x2.mul(za, p1));
        b0 = f64x2.add(b0, f64x2.mul(zb, p0));
        b1 = f64x2.add(b1, f64x2.mul(zb, p1));
        c0 = f64x2.add(c0, f64x2.mul(zc, p0));
        c1 = f64x2.add(c1, f64x2.mul(zc, p1));
        d0 = f64x2.add(d0, f64x2.mul(zd, p0));
        d1 = f64x2.add(d1, f64x2.mul(zd, p1));
      }
      const to = out + shift;
      v128.store(to, a0);
      v128.store(to, a1, 16);
      v128.store(to + stride, b0);
      v128.store(to + stride, b1, 16);
      v128.store(to + 2 * stride, c0);
      v128.store(to + 2 * stride, c1, 16);
      v128.store(to + 3 * stride, d0);
      v128.store(to + 3 * stride, d1, 16);
    }
    data += 4 * rowBytes;
    out += 4 * stride;
  }
}

/** gradient += [data, 1]' residuals, laid out as v. */
export function gradients(data: usize, blocks: i32, columns: i32, residuals: usize, quads: i32, gradient: usize): void {
  const rowBytes = (<usize>columns) << 3;
  const stride = (<usize>quads) << 5;
  for (let block = 0; block < blocks; block++) {
    for (let quad = 0; quad < quads; quad++) {
      const shift = (<usize>quad) << 5;
      const from = residuals + shift;
      const a0 = v128.load(from);
      const a1 = v128.load(from, 16);
      const b0 = v128.load(from + stride);
      const b1 = v128.load(from + stride, 16);
      const c0 = v128.load(from + 2 * stride);
      const c1 = v128.load(from + 2 * stride, 16);
      const d0 = v128.load(from + 3 * stride);
      const d1 = v128.load(from + 3 * stride, 16);
      let to = gradient + shift;
      const end = data + rowBytes;
      for (let at = data; at < end; at += 8) {
        const za = v128.load64_splat(at);
        const zb = v128.load64_splat(at + rowBytes);
        const zc = v128.load64_splat(at + 2 * rowBytes);
        const zd = v128.load64_splat(at + 3 * rowBytes);
        const g0 = f64x2.add(
          f64x2.add(f64x2.mul(a0, za), f64x2.mul(b0, zb)),
          f64x2.add(f64x2.mul(c0, zc), f64x2.mul(d0, zd)),
        );
        const g1 = f64x2.add(
          f64x2.add(f64x2.mul(a1, za), f64x2.mul(b1, zb)),
          f64x2.add(f64x2.mul(c1, zc), f64x2.mul(d1, zd)),
        );
        v128.store(to, f64x2.add(v128.load(to), g0));
        v128.store(to, f64x2.add(v128.load(to, 16), g1), 16);
        to += stride;
      }
      const i0 = f64x2.add(f64x2.add(a0, b0), f64x2.add(c0, d0));
      const i1 = f64x2.add(f64x2.add(a1, b1), f64x2.add(c1, d1));
      v128.store(to, f64x2.add(v128.load(to), i0));
      v128.store(to, f64x2.add(v128.load(to, 16), i1), 16);
    }
    data += 4 * rowBytes;
    residuals += 4 * stride;
  }
}
