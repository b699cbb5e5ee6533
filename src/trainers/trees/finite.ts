/** The nearest finite number: rounding may carry a mean of the greatest numbers beyond them. */
export function finite(value: number): number {
  return Math.min(Math.max(value, -Number.MAX_VALUE), Number.MAX_VALUE);
}
