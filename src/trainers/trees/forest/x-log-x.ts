/** x log x, the term that entropies are made of; 0 at 0, and where rounding went below. */
export function xLogX(x: number): number {
  return x > 0 ? x * Math.log(x) : 0;
}
