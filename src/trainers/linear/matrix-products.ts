/*
 * Products of a tall row-major matrix Z (rows x columns) with a few columns, in tiles of four rows by two outputs so
 * that eight sums stay in registers and every number loaded is used several times. `scores` and `residuals` are
 * rows x outputs, row-major; unknowns v are outputs x columns, row-major, followed by one intercept an output.
 */

/** scores = [Z, 1] v'. */
export function scoresOf(
  data: Float64Array,
  rows: number,
  columns: number,
  v: Float64Array,
  outputs: number,
  scores: Float64Array,
): void {
  const intercepts = outputs * columns;
  let i = 0;
  for (; i + 3 < rows; i += 4) {
    const a = i * columns;
    const b = a + columns;
    const c = b + columns;
    const d = c + columns;
    const toA = i * outputs;
    const toB = toA + outputs;
    const toC = toB + outputs;
    const toD = toC + outputs;
    let k = 0;
    for (; k + 1 < outputs; k += 2) {
      const p = k * columns;
      const q = p + columns;
      let ap = v[intercepts + k]!;
      let aq = v[intercepts + k + 1]!;
      let bp = ap;
      let bq = aq;
      let cp = ap;
      let cq = aq;
      let dp = ap;
      let dq = aq;
      for (let j = 0; j < columns; j++) {
        const vp = v[p + j]!;
        const vq = v[q + j]!;
        const za = data[a + j]!;
        const zb = data[b + j]!;
        const zc = data[c + j]!;
        const zd = data[d + j]!;
        ap += za * vp;
        aq += za * vq;
        bp += zb * vp;
        bq += zb * vq;
        cp += zc * vp;
        cq += zc * vq;
        dp += zd * vp;
        dq += zd * vq;
      }
      scores[toA + k] = ap;
      scores[toA + k + 1] = aq;
      scores[toB + k] = bp;
      scores[toB + k + 1] = bq;
      scores[toC + k] = cp;
      scores[toC + k + 1] = cq;
      scores[toD + k] = dp;
      scores[toD + k + 1] = dq;
    }
    if (k < outputs) {
      const p = k * columns;
      let ap = v[intercepts + k]!;
      let bp = ap;
      let cp = ap;
      let dp = ap;
      for (let j = 0; j < columns; j++) {
        const vp = v[p + j]!;
        ap += data[a + j]! * vp;
        bp += data[b + j]! * vp;
        cp += data[c + j]! * vp;
        dp += data[d + j]! * vp;
      }
      scores[toA + k] = ap;
      scores[toB + k] = bp;
      scores[toC + k] = cp;
      scores[toD + k] = dp;
    }
  }
  for (; i < rows; i++) {
    const a = i * columns;
    for (let k = 0; k < outputs; k++) {
      let sum = v[intercepts + k]!;
      for (let j = 0, p = k * columns; j < columns; j++) sum += data[a + j]! * v[p + j]!;
      scores[i * outputs + k] = sum;
    }
  }
}

/** gradient += residuals' [Z, 1], laid out as v. */
export function addResidualProducts(
  data: Float64Array,
  rows: number,
  columns: number,
  residuals: Float64Array,
  outputs: number,
  gradient: Float64Array,
): void {
  const intercepts = outputs * columns;
  for (let i = 0; i < rows; i += 4) {
    // What is missing of the last four rows counts with residuals of 0.
    const last = rows - 1 - i;
    const a = i * columns;
    const b = a + Math.min(1, last) * columns;
    const c = a + Math.min(2, last) * columns;
    const d = a + Math.min(3, last) * columns;
    const fromA = i * outputs;
    const fromB = fromA + outputs;
    const fromC = fromB + outputs;
    const fromD = fromC + outputs;
    let k = 0;
    for (; k + 1 < outputs; k += 2) {
      const ap = residuals[fromA + k]!;
      const aq = residuals[fromA + k + 1]!;
      const bp = last < 1 ? 0 : residuals[fromB + k]!;
      const bq = last < 1 ? 0 : residuals[fromB + k + 1]!;
      const cp = last < 2 ? 0 : residuals[fromC + k]!;
      const cq = last < 2 ? 0 : residuals[fromC + k + 1]!;
      const dp = last < 3 ? 0 : residuals[fromD + k]!;
      const dq = last < 3 ? 0 : residuals[fromD + k + 1]!;
      const p = k * columns;
      const q = p + columns;
      for (let j = 0; j < columns; j++) {
        const za = data[a + j]!;
        const zb = data[b + j]!;
        const zc = data[c + j]!;
        const zd = data[d + j]!;
        gradient[p + j]! += ap * za + bp * zb + (cp * zc + dp * zd);
        gradient[q + j]! += aq * za + bq * zb + (cq * zc + dq * zd);
      }
      gradient[intercepts + k]! += ap + bp + (cp + dp);
      gradient[intercepts + k + 1]! += aq + bq + (cq + dq);
    }
    if (k < outputs) {
      const ap = residuals[fromA + k]!;
      const bp = last < 1 ? 0 : residuals[fromB + k]!;
      const cp = last < 2 ? 0 : residuals[fromC + k]!;
      const dp = last < 3 ? 0 : residuals[fromD + k]!;
      const p = k * columns;
      for (let j = 0; j < columns; j++) {
        gradient[p + j]! += ap * data[a + j]! + bp * data[b + j]! + (cp * data[c + j]! + dp * data[d + j]!);
      }
      gradient[intercepts + k]! += ap + bp + (cp + dp);
    }
  }
}
