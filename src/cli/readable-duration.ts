/** A duration for people, two units at most: `0.4s`, `12s`, `3m05s`, `2h07m`, `4d02h`. */
export function readableDuration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)}s`;
  if (seconds < 59.5) return `${Math.round(seconds)}s`;
  const [units, size, below] =
    seconds < 3570
      ? (['ms', 60, 1] as const)
      : seconds < 84_600
        ? (['hm', 3600, 60] as const)
        : (['dh', 86_400, 3600] as const);
  const small = Math.round(seconds / below);
  const perLarge = size / below;
  const rest = String(small % perLarge).padStart(2, '0');
  return `${Math.floor(small / perLarge)}${units[0]}${rest}${units[1]}`;
}
