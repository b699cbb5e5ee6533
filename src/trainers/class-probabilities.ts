/**
 * The class with the highest value in each row; the lowest index among equals.
 * @param scores rows x classes, row-major.
 * @returns class indices, length rows.
 */
export function mostLikelyClasses(scores: Float64Array, rows: number, classes: number): Float64Array {
  const best = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const offset = row * classes;
    let highest = scores[offset]!;
    let at = 0;
    for (let k = 1; k < classes; k++) {
      const score = scores[offset + k]!;
      if (score > highest) {
        highest = score;
        at = k;
      }
    }
    best[row] = at;
  }
  return best;
}

/** The summed weight of each class. @param target class indices. @returns length classes. */
export function classWeights(target: Float64Array, classes: number, weights?: Float64Array): Float64Array {
  const sums = new Float64Array(classes);
  for (let row = 0; row < target.length; row++) sums[target[row]!]! += weights === undefined ? 1 : weights[row]!;
  return sums;
}
