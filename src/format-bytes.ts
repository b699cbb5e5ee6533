const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** `512 B`, `1.1 GiB`: one decimal, left out where it is 0. */
export function formatBytes(bytes: number, separator = ' '): string {
  let amount = bytes;
  let unit = 0;
  while (amount >= 1024 && unit < UNITS.length - 1) {
    amount /= 1024;
    unit++;
  }
  return `${Number(amount.toFixed(1))}${separator}${UNITS[unit]}`;
}
