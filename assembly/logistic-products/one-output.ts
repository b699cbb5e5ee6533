// Products for one output: what is missing of the last eight rows is zero.

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
