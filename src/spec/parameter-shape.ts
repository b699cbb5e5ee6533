import { nearestName } from '../nearest-name.js';
import type { ParameterValue } from '../trial.js';
import { forms, isMap, list, object } from './collection-shapes.js';
import { type Path, showValue } from './place.js';
import { flag, number, oneOf, text } from './scalar-shapes.js';
import { described, type JsonSchema, type Shape } from './shape.js';

/** A parameter as the user wrote it. Of a broken one only the keys that could be read are there. */
export type ParameterNotation =
  | { readonly form: 'fixed'; readonly value: ParameterValue }
  | { readonly form: 'short'; readonly text: string }
  | {
      readonly form: 'values';
      readonly values?: readonly (ParameterValue | undefined)[];
      readonly ordered?: boolean;
      readonly default?: ParameterValue;
      readonly when?: string;
    }
  | {
      readonly form: 'range';
      readonly min?: number;
      readonly max?: number;
      readonly log?: boolean;
      readonly step?: number;
      readonly type?: 'int' | 'float';
      readonly default?: ParameterValue;
      readonly grid?: number;
      readonly when?: string;
    }
  | {
      readonly form: 'normal';
      readonly normal?: {
        readonly mean?: number;
        readonly std?: number;
        readonly min?: number;
        readonly max?: number;
        readonly log?: boolean;
      };
      readonly default?: ParameterValue;
      readonly grid?: number;
      readonly when?: string;
    };

/** Whether a plain value can be a parameter's value: a scalar, null, or a list of such. */
export function isParameterValue(value: unknown): value is ParameterValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  return Array.isArray(value) && value.every(isParameterValue);
}

const VALUE_EXPECTED = 'a number, text, true, false, null or a list of such';

const VALUE: Shape<ParameterValue> = {
  expected: VALUE_EXPECTED,
  json: { $ref: '#/$defs/value' },
  check(value: unknown, path: Path, issues) {
    if (isParameterValue(value)) return value;
    issues.add(path, `must be ${VALUE_EXPECTED}, got ${showValue(value)}`);
    return undefined;
  },
};

/** What `$defs/value` of the schema is. */
export const VALUE_DEFINITION: JsonSchema = {
  anyOf: [{ type: ['string', 'number', 'boolean', 'null'] }, { type: 'array', items: { $ref: '#/$defs/value' } }],
};

const SHORT_FORM = /^\s*[A-Za-z]\w*\s*\(.*\)\s*$/s;

/** A call such as `int(2, 12)`, whether or not it is a known one. */
export function looksLikeShortForm(value: unknown): value is string {
  return typeof value === 'string' && SHORT_FORM.test(value);
}

const when = described(
  text("a condition such as kernel == 'rbf'"),
  "The parameter is active only where this holds, e.g. kernel in ['rbf', 'poly']. Quote it inside { }.",
);
const FIRST_GUESS = "The first guess: used where a configuration to try first doesn't name it.";
const fallback = described(VALUE, FIRST_GUESS);
const grid = described(number({ integer: true, min: 1, max: 10_000 }), 'How many points a grid takes of the range.');

/** `{values: [...]}` over values of one shape. */
export function choiceOf<T extends ParameterValue>(item: Shape<T>): Shape<ParameterNotation> {
  const choice = object(
    {
      values: described(
        list(item, { expected: 'a list such as [a, b, c]', minimum: 1, maximum: 10_000 }),
        'The values to choose from.',
      ),
      ordered: described(flag(), 'Whether the values have a meaning from low to high.'),
      default: described(item, FIRST_GUESS),
      when,
    },
    {
      title: 'A choice of values',
      example: '{values: [a, b, c]}',
      required: { values: 'the list of values to choose from' },
      aliases: { choices: 'values', choice: 'values', options: 'values', categories: 'values', value: 'values' },
    },
  );
  return tagged(choice, 'values');
}

const RANGE = object(
  {
    min: described(number(), 'The least value, inclusive; a value, never an exponent.'),
    max: described(number(), 'The greatest value, inclusive; a value, never an exponent.'),
    log: described(flag(), 'Whether to search on a logarithmic scale; min must be above 0.'),
    step: described(number({ above: 0 }), 'Values are min, min + step, … up to max.'),
    type: described(oneOf(['float', 'int']), 'int for whole numbers; default: float.'),
    default: fallback,
    grid,
    when,
  },
  {
    title: 'A range',
    example: '{min: 1, max: 10}',
    required: { min: 'the least value', max: 'the greatest value' },
    aliases: { low: 'min', lower: 'min', high: 'max', upper: 'max', q: 'step', init: 'default', initial: 'default' },
  },
);

const NORMAL = object(
  {
    normal: object(
      {
        mean: described(number(), 'Mean (of the logarithm, with log).'),
        std: described(number({ above: 0 }), 'Standard deviation (of the logarithm, with log).'),
        min: described(number(), 'Values below are drawn again.'),
        max: described(number(), 'Values above are drawn again.'),
        log: described(flag(), 'Whether the logarithm of the value is normal.'),
      },
      {
        title: 'Normal distribution',
        example: '{mean: 0, std: 1}',
        required: { mean: 'the mean', std: 'the standard deviation' },
        aliases: { mu: 'mean', sigma: 'std', sd: 'std' },
      },
    ),
    default: fallback,
    grid,
    when,
  },
  {
    title: 'A normal distribution',
    example: '{normal: {mean: 0, std: 1}}',
    required: { normal: 'mean and std' },
    aliases: { gaussian: 'normal' },
  },
);

const FIXED: Shape<ParameterNotation> = {
  expected: VALUE_EXPECTED,
  json: {
    type: ['string', 'number', 'boolean', 'null'],
    description:
      'A fixed value, or a short form: uniform(a, b), loguniform(a, b), quniform(a, b, q), int(a, b), logint(a, b), normal(m, s), lognormal(m, s), choice(a, b, …).',
  },
  check(value, path, issues) {
    if (looksLikeShortForm(value)) return { form: 'short', text: value };
    const read = VALUE.check(value, path, issues);
    return read === undefined ? undefined : { form: 'fixed', value: read };
  },
};

function tagged<T extends object, F extends string>(shape: Shape<T>, form: F): Shape<T & { readonly form: F }> {
  return {
    ...shape,
    check(value, path, issues) {
      const read = shape.check(value, path, issues);
      return read === undefined ? undefined : { ...read, form };
    },
  };
}

function hasKeyLike(value: unknown, names: readonly string[]): boolean {
  return isMap(value) && Object.keys(value).some((key) => nearestName(key, names) !== undefined);
}

const meansNormal = (value: unknown) =>
  isMap(value) && (Object.hasOwn(value, 'normal') || Object.hasOwn(value, 'gaussian'));
const meansRange = (value: unknown) => isMap(value) && (Object.hasOwn(value, 'min') || Object.hasOwn(value, 'max'));
const meansValues = (value: unknown) =>
  isMap(value) &&
  (Object.hasOwn(value, 'values') || (!meansRange(value) && hasKeyLike(value, ['values', 'choices', 'options'])));

const notations = forms<ParameterNotation>('a value, a range or a choice', [
  { shape: FIXED, meant: (value) => !isMap(value) && !Array.isArray(value) },
  { shape: tagged(NORMAL, 'normal'), meant: meansNormal },
  { shape: choiceOf(VALUE), meant: meansValues },
  { shape: tagged(RANGE, 'range'), meant: isMap },
]);

/** Every notation of a parameter. */
export const PARAMETER: Shape<ParameterNotation> = {
  ...notations,
  check(value, path, issues) {
    if (!Array.isArray(value)) return notations.check(value, path, issues);
    issues.add(path, 'a list is neither fixed nor searched; write {values: [a, b]} to search a and b');
    return undefined;
  },
};
