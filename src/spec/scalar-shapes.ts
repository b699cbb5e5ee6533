import { suggestName } from '../nearest-name.js';
import { showValue } from './place.js';
import type { Shape } from './shape.js';

const NUMERIC = /^\s*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*$/i;

/** The number a text spells, or undefined. */
export function numberFromText(text: unknown): number | undefined {
  return typeof text === 'string' && NUMERIC.test(text) ? Number(text) : undefined;
}

export function readAsNumberWarning(text: string, value: number): string {
  return `${showValue(text)} is text; read as the number ${value}, write it without quotes`;
}

export interface NumberRules {
  readonly integer?: boolean;
  readonly min?: number;
  readonly above?: number;
  readonly max?: number;
}

function numberRule(rules: NumberRules): string {
  const kind = rules.integer ? 'a whole number' : 'a number';
  if (rules.min !== undefined && rules.max !== undefined) return `${kind} from ${rules.min} to ${rules.max}`;
  const parts = [
    rules.min === undefined ? '' : ` >= ${rules.min}`,
    rules.above === undefined ? '' : ` > ${rules.above}`,
    rules.max === undefined ? '' : ` <= ${rules.max}`,
  ].filter((part) => part !== '');
  return kind + parts.join(' and');
}

function keeps(value: number, rules: NumberRules): boolean {
  if (!Number.isFinite(value)) return false;
  if (rules.integer && !Number.isSafeInteger(value)) return false;
  if (rules.min !== undefined && value < rules.min) return false;
  if (rules.above !== undefined && value <= rules.above) return false;
  return rules.max === undefined || value <= rules.max;
}

/** A finite number; one written as text is taken with a warning. */
export function number(rules: NumberRules = {}): Shape<number> {
  const expected = numberRule(rules);
  return {
    expected,
    json: {
      type: rules.integer ? 'integer' : 'number',
      ...(rules.min === undefined ? {} : { minimum: rules.min }),
      ...(rules.above === undefined ? {} : { exclusiveMinimum: rules.above }),
      ...(rules.max === undefined ? {} : { maximum: rules.max }),
    },
    check(value, path, issues) {
      const fromText = numberFromText(value);
      const read = typeof value === 'number' ? value : fromText;
      if (read === undefined || !keeps(read, rules)) {
        issues.add(path, `must be ${expected}, got ${showValue(value)}`);
        return undefined;
      }
      if (fromText !== undefined) issues.warn(path, readAsNumberWarning(String(value), fromText));
      return read;
    },
  };
}

export function flag(): Shape<boolean> {
  const expected = 'true or false';
  return {
    expected,
    json: { type: 'boolean' },
    check(value, path, issues) {
      if (typeof value === 'boolean') return value;
      issues.add(path, `must be ${expected}, got ${showValue(value)}`);
      return undefined;
    },
  };
}

/** Text that is not empty. @param pattern a rule that `expected` says in words. */
export function text(expected = 'text', pattern?: RegExp): Shape<string> {
  return {
    expected,
    json: { type: 'string', minLength: 1, ...(pattern === undefined ? {} : { pattern: pattern.source }) },
    check(value, path, issues) {
      if (typeof value === 'string' && value !== '' && (pattern === undefined || pattern.test(value))) return value;
      const quote = typeof value === 'number' || typeof value === 'boolean' ? '; put it in quotes' : '';
      issues.add(path, `must be ${expected}, got ${value === '' ? 'empty text' : showValue(value)}${quote}`);
      return undefined;
    },
  };
}

/** A name or label in the data, where YAML may have read a number or a boolean: given as text. */
export function label(expected: string): Shape<string> {
  return {
    expected,
    json: { type: ['string', 'number', 'boolean'] },
    check(value, path, issues) {
      if (typeof value === 'string' || typeof value === 'boolean') return String(value);
      if (typeof value === 'number' && Number.isFinite(value)) return String(value);
      issues.add(path, `must be ${expected}, got ${showValue(value)}`);
      return undefined;
    },
  };
}

/** One of a closed set of words. */
export function oneOf<const T extends string>(values: readonly T[]): Shape<T> {
  const expected = `one of ${values.join(', ')}`;
  return {
    expected,
    json: { enum: values },
    check(value, path, issues) {
      const found = values.find((candidate) => candidate === value);
      if (found !== undefined) return found;
      const near = typeof value === 'string' ? suggestName(value, values) : '';
      issues.add(path, `must be ${expected}, got ${showValue(value)}${near}`);
      return undefined;
    },
  };
}

/** `false` or null: without it. */
export function off(): Shape<false> {
  return {
    expected: 'false',
    json: { enum: [false, null] },
    check: () => false,
  };
}

/** A key that is promised and not built yet. @param off values that mean "without it" and are taken in silence. */
export function unavailable(what: string, remedy: string, off: readonly (boolean | null)[] = []): Shape<undefined> {
  return {
    expected: 'absent',
    json: off.length === 0 ? { not: {} } : { enum: off },
    check(value, path, issues) {
      if (off.some((candidate) => candidate === value)) return undefined;
      issues.add(path, `${what} is not available yet; ${remedy}`, 'key');
      return undefined;
    },
  };
}
