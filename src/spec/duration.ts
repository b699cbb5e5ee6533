import { showValue } from './place.js';
import { text } from './scalar-shapes.js';
import type { Shape } from './shape.js';

/** Days, hours, minutes, seconds, milliseconds, in this order, not all zero. */
const PATTERN = /^(?=.*[1-9])(\d+(\.\d+)?d)?(\d+(\.\d+)?h)?(\d+(\.\d+)?m)?(\d+(\.\d+)?s)?(\d+ms)?$/;
const UNITS_MS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };
/** The longest delay a timer of Node takes is 2^31 - 1 ms. */
const LONGEST_MS = 24 * 86_400_000;

/** A number that somebody may have meant so. */
const MOST_WITHOUT_UNIT = 1e6;

/** `90s`, `30m`, `1h30m` in milliseconds; undefined when it is no such text. */
export function parseDuration(value: string): number | undefined {
  if (!PATTERN.test(value)) return undefined;
  let total = 0;
  for (const [, amount, unit] of value.matchAll(/(\d+(?:\.\d+)?)(ms|[dhms])/g))
    total += Number(amount) * UNITS_MS[unit!]!;
  return Math.max(1, Math.round(total));
}

/** A duration, read as milliseconds. */
export function duration(): Shape<number> {
  const spelled = text('a duration such as 90s, 30m or 1h30m', PATTERN);
  return {
    ...spelled,
    check(value, path, issues) {
      if (typeof value === 'number') {
        const unit = value > 0 && value <= MOST_WITHOUT_UNIT ? `; give its unit, e.g. ${value}s` : '';
        issues.add(path, `must be ${spelled.expected}, got ${value}${unit}`);
        return undefined;
      }
      const read = spelled.check(value, path, issues);
      const durationMs = read === undefined ? undefined : parseDuration(read);
      if (durationMs === undefined || durationMs <= LONGEST_MS) return durationMs;
      issues.add(path, `must be at most 24d, got ${showValue(value)}`);
      return undefined;
    },
  };
}
