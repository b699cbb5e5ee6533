// AssemblyScript. Evaluates one point against panels of 16 points, in the order and precision of ScalarRowEngine
// (src/trainers/svm/row-engine.ts), its reference: the two agree to the bit. Built by assembly/build.js.

/** out[j] = point . points[j]; columns are summed in order. */
export function dots(point: usize, panels: usize, panelCount: i32, columns: i32, out: usize): void {
  let at = panels;
  for (let panel = 0; panel < panelCount; panel++) {
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    let s2 = f32x4.splat(0);
    let s3 = f32x4.splat(0);
    const end = point + ((<usize>columns) << 2);
    for (let x = point; x < end; x += 4) {
      const value = v128.load32_splat(x);
      s0 = f32x4.add(s0, f32x4.mul(value, v128.load(at)));
      s1 = f32x4.add(s1, f32x4.mul(value, v128.load(at, 16)));
      s2 = f32x4.add(s2, f32x4.mul(value, v128.load(at, 32)));
      s3 = f32x4.add(s3, f32x4.mul(value, v128.load(at, 48)));
      at += 64;
    }
    v128.store(out, s0);
    v128.store(out, s1, 16);
    v128.store(out, s2, 32);
    v128.store(out, s3, 48);
    out += 64;
  }
}

/** exp(-d) for d >= 0, as expNonPositive in src/trainers/svm/single-exp.ts. */
function expOfMinus(d: v128): v128 {
  const x = f32x4.neg(d);
  const n = f32x4.floor(f32x4.add(f32x4.mul(x, f32x4.splat(<f32>Math.LOG2E)), f32x4.splat(0.5)));
  const r = f32x4.sub(f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375))), f32x4.mul(n, f32x4.splat(-2.1219444e-4)));
  let p = f32x4.add(f32x4.mul(f32x4.splat(1.98756915e-4), r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return v128.and(f32x4.mul(p, power), f32x4.ge(x, f32x4.splat(-87)));
}

/** out[j] = exp(-|point - points[j]|^2); columns are summed in order. */
export function gaussians(point: usize, panels: usize, panelCount: i32, columns: i32, out: usize): void {
  let at = panels;
  for (let panel = 0; panel < panelCount; panel++) {
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    let s2 = f32x4.splat(0);
    let s3 = f32x4.splat(0);
    const end = point + ((<usize>columns) << 2);
    for (let x = point; x < end; x += 4) {
      const value = v128.load32_splat(x);
      const d0 = f32x4.sub(value, v128.load(at));
      const d1 = f32x4.sub(value, v128.load(at, 16));
      const d2 = f32x4.sub(value, v128.load(at, 32));
      const d3 = f32x4.sub(value, v128.load(at, 48));
      s0 = f32x4.add(s0, f32x4.mul(d0, d0));
      s1 = f32x4.add(s1, f32x4.mul(d1, d1));
      s2 = f32x4.add(s2, f32x4.mul(d2, d2));
      s3 = f32x4.add(s3, f32x4.mul(d3, d3));
      at += 64;
    }
    v128.store(out, expOfMinus(s0));
    v128.store(out, expOfMinus(s1), 16);
    v128.store(out, expOfMinus(s2), 32);
    v128.store(out, expOfMinus(s3), 48);
    out += 64;
  }
}
