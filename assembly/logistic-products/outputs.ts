// Products for several outputs, in quads of outputs and blocks of four rows: what is missing of either is zero.

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
