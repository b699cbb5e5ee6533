/** 0 at 0, and 1 far away: far from the optimum a loss tells little of where it is. */
export function dent(distance: number): number {
  const square = distance * distance;
  return square / (1 + square);
}

export function square(value: number): number {
  return value * value;
}
