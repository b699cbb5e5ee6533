export function highestOf(scores: Float64Array, from: number, to: number): number {
  let highest = scores[from]!;
  for (let k = from + 1; k < to; k++) if (scores[k]! > highest) highest = scores[k]!;
  return highest;
}

/** Replaces each score s by exp(s - highest), which does not overflow. @returns the sum of what they are then. */
export function exponentiate(scores: Float64Array, from: number, to: number, highest: number): number {
  let sum = 0;
  for (let k = from; k < to; k++) {
    const power = Math.exp(scores[k]! - highest);
    scores[k] = power;
    sum += power;
  }
  return sum;
}

/** Turns rows of scores into probabilities, in place. @param outputs 2 or more. */
export function softmaxRows(scores: Float64Array, rows: number, outputs: number): void {
  for (let i = 0, from = 0; i < rows; i++, from += outputs) {
    const to = from + outputs;
    const sum = exponentiate(scores, from, to, highestOf(scores, from, to));
    for (let k = from; k < to; k++) scores[k]! /= sum;
  }
}
