/**
 * scores = [Z, 1] v for one output. Each is the sum of two: the intercept, last in v, with columns 0, 2, 4 …, and columns
 * 1, 3, 5 …: vector instructions add so.
 */
export function scoresOfOne(
  data: Float64Array,
  rows: number,
  columns: number,
  v: Float64Array,
  scores: Float64Array,
): void {
  const pairs = columns - (columns % 2);
  const intercept = v[columns]!;
  let i = 0;
  for (; i + 3 < rows; i += 4) {
    const a = i * columns;
    const b = a + columns;
    const c = b + columns;
    const d = c + columns;
    let ap = intercept;
    let aq = 0;
    let bp = intercept;
    let bq = 0;
    let cp = intercept;
    let cq = 0;
    let dp = intercept;
    let dq = 0;
    for (let j = 0; j < pairs; j += 2) {
      const vp = v[j]!;
      const vq = v[j + 1]!;
      ap += data[a + j]! * vp;
      aq += data[a + j + 1]! * vq;
      bp += data[b + j]! * vp;
      bq += data[b + j + 1]! * vq;
      cp += data[c + j]! * vp;
      cq += data[c + j + 1]! * vq;
      dp += data[d + j]! * vp;
      dq += data[d + j + 1]! * vq;
    }
    if (pairs < columns) {
      const vp = v[pairs]!;
      ap += data[a + pairs]! * vp;
      bp += data[b + pairs]! * vp;
      cp += data[c + pairs]! * vp;
      dp += data[d + pairs]! * vp;
    }
    scores[i] = ap + aq;
    scores[i + 1] = bp + bq;
    scores[i + 2] = cp + cq;
    scores[i + 3] = dp + dq;
  }
  for (; i < rows; i++) {
    const a = i * columns;
    let even = intercept;
    let odd = 0;
    for (let j = 0; j < pairs; j += 2) {
      even += data[a + j]! * v[j]!;
      odd += data[a + j + 1]! * v[j + 1]!;
    }
    if (pairs < columns) even += data[a + pairs]! * v[pairs]!;
    scores[i] = even + odd;
  }
}
