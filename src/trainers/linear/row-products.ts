/** Four sums at a time: one alone waits for each addition before the next. @returns vector . the row at `offset`. */
export function dotRow(data: Float64Array, offset: number, vector: Float64Array): number {
  const { length } = vector;
  const fours = length - (length % 4);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < fours; i += 4) {
    const at = offset + i;
    a += vector[i]! * data[at]!;
    b += vector[i + 1]! * data[at + 1]!;
    c += vector[i + 2]! * data[at + 2]!;
    d += vector[i + 3]! * data[at + 3]!;
  }
  for (let i = fours; i < length; i++) a += vector[i]! * data[offset + i]!;
  return a + b + (c + d);
}

/** vector += factor * the row at `offset`. */
export function addRow(data: Float64Array, offset: number, factor: number, vector: Float64Array): void {
  const { length } = vector;
  const fours = length - (length % 4);
  for (let i = 0; i < fours; i += 4) {
    const at = offset + i;
    // Read before anything is written, which leaves the order of execution to the processor.
    const a = vector[i]! + factor * data[at]!;
    const b = vector[i + 1]! + factor * data[at + 1]!;
    const c = vector[i + 2]! + factor * data[at + 2]!;
    const d = vector[i + 3]! + factor * data[at + 3]!;
    vector[i] = a;
    vector[i + 1] = b;
    vector[i + 2] = c;
    vector[i + 3] = d;
  }
  for (let i = fours; i < length; i++) vector[i]! += factor * data[offset + i]!;
}
