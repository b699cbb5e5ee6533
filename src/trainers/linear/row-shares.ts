/** Each row's share of the total weight. @param weights undefined where all are 1. @returns length rows. */
export function rowShares(rows: number, weights: Float64Array | undefined): Float64Array {
  if (weights === undefined) return new Float64Array(rows).fill(1 / rows);
  let total = 0;
  for (let i = 0; i < rows; i++) total += weights[i]!;
  return weights.map((weight) => weight / total);
}
