// Dense products over row-major arrays. Two rows of the result and four terms of their sums are done at a time, so that
// what was loaded serves eight multiplications; the order of summation does not depend on how many rows there are.

/** out += left . right. @param left rows x inner. @param right inner x columns. @param out rows x columns. */
export function addProduct(
  left: Float64Array,
  right: Float64Array,
  out: Float64Array,
  rows: number,
  inner: number,
  columns: number,
): void {
  for (let i = 0; i < rows; i += 2) {
    if (i + 1 < rows) addPair(left, i * inner, inner, 1, right, inner, out, i * columns, columns);
    else addSingle(left, i * inner, 1, right, inner, out, i * columns, columns);
  }
}

/** out += left' . right. @param left rows x inner. @param right rows x columns. @param out inner x columns. */
export function addTransposedProduct(
  left: Float64Array,
  right: Float64Array,
  out: Float64Array,
  rows: number,
  inner: number,
  columns: number,
): void {
  for (let k = 0; k < inner; k += 2) {
    if (k + 1 < inner) addPair(left, k, 1, inner, right, rows, out, k * columns, columns);
    else addSingle(left, k, inner, right, rows, out, k * columns, columns);
  }
}

/** out = left . right'. @param left rows x inner. @param right columns x inner. @param out rows x columns. */
export function productWithTransposed(
  left: Float64Array,
  right: Float64Array,
  out: Float64Array,
  rows: number,
  inner: number,
  columns: number,
): void {
  for (let i = 0; i < rows; i++) {
    const a = i * inner;
    let j = 0;
    for (; j + 3 < columns; j += 4) {
      const b0 = j * inner;
      const b1 = b0 + inner;
      const b2 = b1 + inner;
      const b3 = b2 + inner;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let k = 0; k < inner; k++) {
        const value = left[a + k]!;
        s0 += value * right[b0 + k]!;
        s1 += value * right[b1 + k]!;
        s2 += value * right[b2 + k]!;
        s3 += value * right[b3 + k]!;
      }
      const at = i * columns + j;
      out[at] = s0;
      out[at + 1] = s1;
      out[at + 2] = s2;
      out[at + 3] = s3;
    }
    for (; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += left[a + k]! * right[j * inner + k]!;
      out[i * columns + j] = sum;
    }
  }
}

/** Two rows of out += the rows of `terms`, each times its factor: factors[from + t * stride], and `other` further on. */
function addPair(
  factors: Float64Array,
  from: number,
  other: number,
  stride: number,
  terms: Float64Array,
  termCount: number,
  out: Float64Array,
  outFrom: number,
  columns: number,
): void {
  const secondFrom = outFrom + columns;
  let t = 0;
  for (; t + 3 < termCount; t += 4) {
    const at = from + t * stride;
    const f0 = factors[at]!;
    const f1 = factors[at + stride]!;
    const f2 = factors[at + 2 * stride]!;
    const f3 = factors[at + 3 * stride]!;
    const g0 = factors[at + other]!;
    const g1 = factors[at + other + stride]!;
    const g2 = factors[at + other + 2 * stride]!;
    const g3 = factors[at + other + 3 * stride]!;
    const r0 = t * columns;
    const r1 = r0 + columns;
    const r2 = r1 + columns;
    const r3 = r2 + columns;
    for (let j = 0; j < columns; j++) {
      const t0 = terms[r0 + j]!;
      const t1 = terms[r1 + j]!;
      const t2 = terms[r2 + j]!;
      const t3 = terms[r3 + j]!;
      out[outFrom + j]! += f0 * t0 + f1 * t1 + f2 * t2 + f3 * t3;
      out[secondFrom + j]! += g0 * t0 + g1 * t1 + g2 * t2 + g3 * t3;
    }
  }
  for (; t < termCount; t++) {
    const at = from + t * stride;
    const row = t * columns;
    for (let j = 0; j < columns; j++) {
      out[outFrom + j]! += factors[at]! * terms[row + j]!;
      out[secondFrom + j]! += factors[at + other]! * terms[row + j]!;
    }
  }
}

/** As addPair, for one row. */
function addSingle(
  factors: Float64Array,
  from: number,
  stride: number,
  terms: Float64Array,
  termCount: number,
  out: Float64Array,
  outFrom: number,
  columns: number,
): void {
  let t = 0;
  for (; t + 3 < termCount; t += 4) {
    const at = from + t * stride;
    const row = t * columns;
    for (let j = 0; j < columns; j++) {
      out[outFrom + j]! +=
        factors[at]! * terms[row + j]! +
        factors[at + stride]! * terms[row + columns + j]! +
        factors[at + 2 * stride]! * terms[row + 2 * columns + j]! +
        factors[at + 3 * stride]! * terms[row + 3 * columns + j]!;
    }
  }
  for (; t < termCount; t++) {
    const factor = factors[from + t * stride]!;
    for (let j = 0; j < columns; j++) out[outFrom + j]! += factor * terms[t * columns + j]!;
  }
}
