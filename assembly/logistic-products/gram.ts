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
