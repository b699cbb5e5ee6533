import { showValue } from './place.js';
import { text } from './scalar-shapes.js';
import type { Shape } from './shape.js';

const PATTERN = /^(?=.*[1-9])\d+(\.\d+)? ?([KMGT]i?)?B$/;
const EXPONENTS: Readonly<Record<string, number>> = { K: 1, M: 2, G: 3, T: 4 };
const LEAST_BYTES = 2 ** 20;
const MOST_BYTES = 2 ** 50;

/** `512MiB`, `1.5GiB`, `2GB` in bytes; undefined when it is no such text. */
export function parseByteSize(value: string): number | undefined {
  if (!PATTERN.test(value)) return undefined;
  const [, amount, unit = ''] = /^([\d.]+) ?([KMGT]?i?)B$/.exec(value)!;
  const base = unit.endsWith('i') ? 1024 : 1000;
  return Math.round(Number(amount) * base ** (EXPONENTS[unit.charAt(0)] ?? 0));
}

/** A number that somebody may have meant so. */
const MOST_WITHOUT_UNIT = 1e6;

/** An amount of memory, read as bytes; at least 1 MiB. */
export function byteSize(): Shape<number> {
  const spelled = text('an amount of memory such as 512MiB or 4GiB', PATTERN);
  return {
    ...spelled,
    check(value, path, issues) {
      if (typeof value === 'number') {
        const unit = value > 0 && value <= MOST_WITHOUT_UNIT ? `; give its unit, e.g. ${value}MiB` : '';
        issues.add(path, `must be ${spelled.expected}, got ${value}${unit}`);
        return undefined;
      }
      const read = spelled.check(value, path, issues);
      const bytes = read === undefined ? undefined : parseByteSize(read);
      if (bytes === undefined || (bytes >= LEAST_BYTES && bytes <= MOST_BYTES)) return bytes;
      issues.add(path, `must be from 1MiB to 1024TiB, got ${showValue(value)}`);
      return undefined;
    },
  };
}
