import { nearestName, suggestion } from '../nearest-name.js';
import { formatPath, type Path, showValue } from './place.js';
import type { Infer, JsonSchema, Shape } from './shape.js';

export type PlainMap = Readonly<Record<string, unknown>>;

export function isMap(value: unknown): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Keys = Readonly<Record<string, Shape<unknown>>>;

/** What could be read of a map: a key that broke a rule is absent, as is one that was not given. */
export type PartialOf<K extends Keys> = { readonly [Key in keyof K]?: Infer<K[Key]> };

export interface ObjectOptions<K extends Keys> {
  readonly title: string;
  /** How the map could look, for messages: `{kind: kfold, folds: 5}`. */
  readonly example: string;
  /** Key that must be there -> what it is for, in words. */
  readonly required?: Readonly<Partial<Record<keyof K & string, string>>>;
  /** Keys of which exactly one must be there. */
  readonly exactlyOne?: readonly (keyof K & string)[];
  /** Words of other tools -> the key that says it here. */
  readonly aliases?: Readonly<Record<string, keyof K & string>>;
  /** Such a word -> what else there is to say where it stands. */
  readonly remarks?: Readonly<Record<string, string>>;
}

/** A map with known keys. */
export function object<K extends Keys>(keys: K, options: ObjectOptions<K>): Shape<PartialOf<K>> {
  const known = Object.keys(keys);
  const required = new Map(Object.entries<string | undefined>(options.required ?? {}));
  const aliases = new Map(Object.entries<string>(options.aliases ?? {}));
  const remarks = new Map(Object.entries(options.remarks ?? {}));
  const { exactlyOne = [] } = options;
  const expected = `a map such as ${options.example}`;
  return {
    expected,
    json: {
      title: options.title,
      type: 'object',
      properties: Object.fromEntries(known.map((key) => [key, keys[key]!.json])),
      ...(required.size === 0 ? {} : { required: [...required.keys()] }),
      ...(exactlyOne.length === 0 ? {} : { oneOf: exactlyOne.map((key) => ({ required: [key] })) }),
      additionalProperties: false,
    },
    check(value, path, issues) {
      if (!isMap(value)) {
        issues.add(path, `must be ${expected}, got ${showValue(value)}`);
        return undefined;
      }
      const result: Record<string, unknown> = {};
      const free = known.filter((key) => !Object.hasOwn(value, key));
      // A key whose mistyped or foreign name is reported is not reported as missing too, nor is one that a key which is
      // not available yet stands in for.
      const excused = new Set<string | undefined>();
      for (const [key, item] of Object.entries(value)) {
        const shape = Object.hasOwn(keys, key) ? keys[key] : undefined;
        if (shape !== undefined) {
          result[key] = shape.check(item, [...path, key], issues);
          if (shape.expected === 'absent') for (const name of required.keys()) excused.add(name);
          continue;
        }
        if (issues.full) {
          issues.add(path, 'unknown key');
          continue;
        }
        const alias = aliases.get(key);
        const near = nearestName(key, free);
        const advice = alias === undefined ? suggestion(key, near === undefined ? known : free) : `; write '${alias}'`;
        const remark = remarks.get(key);
        issues.add([...path, key], `unknown key${advice}${remark === undefined ? '' : `; ${remark}`}`, 'key');
        excused.add(alias ?? near);
      }
      for (const [key, meaning] of required) {
        if (Object.hasOwn(value, key) || excused.has(key)) continue;
        issues.add(path, `needs the key '${key}': ${meaning}`, 'key');
      }
      if (exactlyOne.length > 0 && !exactlyOne.some((key) => excused.has(key))) {
        const given = exactlyOne.filter((key) => Object.hasOwn(value, key));
        const rule = `needs exactly one of the keys ${exactlyOne.join(', ')}`;
        if (given.length !== 1)
          issues.add(path, given.length === 0 ? rule : `${rule}, got ${given.join(' and ')}`, 'key');
      }
      return result as PartialOf<K>;
    },
  };
}

export interface RecordOptions {
  readonly title: string;
  readonly expected: string;
  /** What names must be, in words and as a rule. */
  readonly name?: { readonly rule: string; readonly pattern: RegExp };
  readonly minimum?: number;
}

/** A map from names of the user's to values of one shape, in the file's order. */
export function record<T>(item: Shape<T>, options: RecordOptions): Shape<ReadonlyMap<string, T>> {
  const { name, minimum = 0 } = options;
  return {
    expected: options.expected,
    json: {
      title: options.title,
      type: 'object',
      additionalProperties: item.json,
      ...(name === undefined ? {} : { propertyNames: { pattern: name.pattern.source } }),
      ...(minimum === 0 ? {} : { minProperties: minimum }),
    },
    check(value, path, issues) {
      if (!isMap(value) || Object.keys(value).length < minimum) {
        const got = isMap(value) ? 'an empty map' : showValue(value);
        issues.add(path, `must be ${options.expected}, got ${got}`);
        return undefined;
      }
      const result = new Map<string, T>();
      for (const [key, element] of Object.entries(value)) {
        const place = [...path, key];
        if (name !== undefined && !name.pattern.test(key)) {
          issues.add(place, `the name ${showValue(key)} must be ${name.rule}`, 'key');
          continue;
        }
        const read = item.check(element, place, issues);
        if (read !== undefined) result.set(key, read);
      }
      return result;
    },
  };
}

/** A list; an element that broke a rule is undefined, so that the others keep their index. */
export function list<T>(
  item: Shape<T>,
  options: { readonly expected: string; readonly minimum?: number; readonly maximum?: number },
): Shape<readonly (T | undefined)[]> {
  const { minimum = 0, maximum } = options;
  return {
    expected: options.expected,
    json: {
      type: 'array',
      items: item.json,
      ...(minimum === 0 ? {} : { minItems: minimum }),
      ...(maximum === undefined ? {} : { maxItems: maximum }),
    },
    check(value, path, issues) {
      if (!Array.isArray(value) || value.length < minimum) {
        issues.add(path, `must be ${options.expected}, got ${showValue(value)}${indexAdvice(value, path)}`);
        return undefined;
      }
      if (maximum !== undefined && value.length > maximum) {
        issues.add(path, `must have at most ${maximum} elements, got ${value.length}`);
        return undefined;
      }
      return value.map((element, i) => item.check(element, [...path, i], issues));
    },
  };
}

/** What to write instead of `--set constraints.0=…` where there is no list yet, which makes it a map with the key 0. */
function indexAdvice(value: unknown, path: Path): string {
  const keys = isMap(value) ? Object.keys(value) : [];
  if (keys.length === 0 || keys.some((key) => !/^\d+$/.test(key))) return '';
  const text = JSON.stringify(Object.values(value as PlainMap));
  const shown = text.length > 200 ? '[…]' : text.replaceAll("'", String.raw`'\''`);
  return `; an index needs a list that is there, so set the whole list: --set '${formatPath(path)}=${shown}'`;
}

export interface Form<T> {
  readonly shape: Shape<T>;
  /** Whether the user evidently meant this form; the first that says so is checked, and only its messages are shown. */
  meant(value: unknown): boolean;
}

/** One of several notations. */
export function forms<T>(expected: string, choices: readonly Form<T>[], json: JsonSchema = {}): Shape<T> {
  return {
    expected,
    json: { ...json, anyOf: choices.map((form) => form.shape.json) },
    check(value, path: Path, issues) {
      const form = choices.find((candidate) => candidate.meant(value));
      if (form !== undefined) return form.shape.check(value, path, issues);
      issues.add(path, `must be ${expected}, got ${showValue(value)}`);
      return undefined;
    },
  };
}
