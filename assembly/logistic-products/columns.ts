// Where the columns lie and how far they spread, and putting them on one scale.

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
