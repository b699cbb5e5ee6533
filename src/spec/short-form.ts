import { parse } from 'yaml';
import { suggestion } from '../nearest-name.js';
import type { ParameterValue } from '../trial.js';
import { isParameterValue, type ParameterNotation } from './parameter-shape.js';
import { showValue } from './place.js';

type Build = (...numbers: number[]) => ParameterNotation;

interface NumberForm {
  /** How it is written, for messages. */
  readonly usage: string;
  readonly count: number;
  readonly build: Build;
}

const NUMBER_FORMS: ReadonlyMap<string, NumberForm> = new Map<string, NumberForm>([
  ['uniform', { usage: 'uniform(min, max)', count: 2, build: (min, max) => ({ form: 'range', min, max }) }],
  [
    'loguniform',
    { usage: 'loguniform(min, max)', count: 2, build: (min, max) => ({ form: 'range', min, max, log: true }) },
  ],
  [
    'quniform',
    { usage: 'quniform(min, max, step)', count: 3, build: (min, max, step) => ({ form: 'range', min, max, step }) },
  ],
  ['int', { usage: 'int(min, max)', count: 2, build: (min, max) => ({ form: 'range', min, max, type: 'int' }) }],
  [
    'logint',
    { usage: 'logint(min, max)', count: 2, build: (min, max) => ({ form: 'range', min, max, type: 'int', log: true }) },
  ],
  [
    'normal',
    { usage: 'normal(mean, std)', count: 2, build: (mean, std) => ({ form: 'normal', normal: { mean, std } }) },
  ],
  [
    'lognormal',
    {
      usage: 'lognormal(mean, std)',
      count: 2,
      build: (mean, std) => ({ form: 'normal', normal: { mean, std, log: true } }),
    },
  ],
]);

export const SHORT_FORMS = [...NUMBER_FORMS.keys(), 'choice'];

/** The long form of `loguniform(1e-4, 0.3)` and the like; a message when it has none. */
export function expandShortForm(text: string): ParameterNotation | string {
  const open = text.indexOf('(');
  const name = text.slice(0, open).trim();
  const inside = text.slice(open + 1, text.lastIndexOf(')'));
  const form = NUMBER_FORMS.get(name);
  if (form === undefined && name !== 'choice') {
    return `no such short form: ${showValue(name)}${suggestion(name, SHORT_FORMS)}; for a fixed text write {values: [...]}`;
  }
  const values = readArguments(inside);
  if (values === undefined)
    return `the values in ${showValue(text.trim())} cannot be read; quote texts that hold a comma`;
  if (form === undefined) return values.length === 0 ? 'choice() needs at least one value' : { form: 'values', values };
  if (values.length !== form.count) return `must be written ${form.usage}, got ${showValue(text.trim())}`;
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length !== form.count) {
    return `${form.usage} takes numbers, got ${showValue(values.find((value) => typeof value !== 'number'))}`;
  }
  return form.build(...numbers);
}

/** The arguments are the elements of a YAML list. */
function readArguments(inside: string): readonly ParameterValue[] | undefined {
  if (inside.trim() === '') return [];
  if (inside.length > 10_000) return undefined;
  try {
    const values: unknown = parse(`[${inside}]`, { schema: 'core', logLevel: 'error', maxAliasCount: 0 });
    return Array.isArray(values) && values.every(isParameterValue) ? values : undefined;
  } catch {
    return undefined;
  }
}
