/**
 * Orders categories along the first principal component of their class shares, weighted by category: for more than two
 * classes the best subset is then nearly always a prefix (Coppersmith, Hong, Hosking: Partitioning nominal attributes
 * in decision trees, 1999).
 * @param categories codes to order, in place.
 * @param classWeights code x class.
 * @param whole weight a class over these categories.
 */
export function orderByPrincipalComponent(
  categories: Int32Array,
  classWeights: Float64Array,
  whole: Float64Array,
  classCount: number,
): void {
  const count = categories.length;
  let total = 0;
  for (let c = 0; c < classCount; c++) total += whole[c]!;
  const shares = new Float64Array(count * classCount);
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const offset = categories[i]! * classCount;
    for (let c = 0; c < classCount; c++) weights[i]! += classWeights[offset + c]!;
    for (let c = 0; c < classCount; c++) {
      shares[i * classCount + c] = classWeights[offset + c]! / weights[i]! - whole[c]! / total;
    }
  }
  const scores = principalScores(shares, weights, classCount);
  const order = Array.from({ length: count }, (_, i) => i).sort((a, b) => scores[a]! - scores[b]! || a - b);
  const ordered = order.map((i) => categories[i]!);
  categories.set(ordered);
}

/** Power iteration, started from the class whose shares vary most, so that it is deterministic. */
function principalScores(shares: Float64Array, weights: Float64Array, classCount: number): Float64Array {
  const count = weights.length;
  const direction = new Float64Array(classCount);
  const variance = new Float64Array(classCount);
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < classCount; c++) variance[c]! += weights[i]! * shares[i * classCount + c]! ** 2;
  }
  direction[variance.indexOf(Math.max(...variance))] = 1;
  const scores = new Float64Array(count);
  for (let round = 0; round < 12; round++) {
    for (let i = 0; i < count; i++) {
      let score = 0;
      for (let c = 0; c < classCount; c++) score += shares[i * classCount + c]! * direction[c]!;
      scores[i] = score;
    }
    direction.fill(0);
    for (let i = 0; i < count; i++) {
      for (let c = 0; c < classCount; c++) direction[c]! += weights[i]! * scores[i]! * shares[i * classCount + c]!;
    }
    let length = 0;
    for (let c = 0; c < classCount; c++) length = Math.max(length, Math.abs(direction[c]!));
    if (length === 0) break;
    for (let c = 0; c < classCount; c++) direction[c]! /= length;
  }
  return scores;
}
