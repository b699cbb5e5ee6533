import { parse } from 'yaml';
import { isMap } from '../spec/collection-shapes.js';
import type { Path } from '../spec/place.js';
import type { ImportNotes } from './import-notes.js';
import type { Notation } from './imported-study.js';
import { numberOf, parameterValue } from './plain.js';

const PRIOR = /^\s*(?:orion)?~?[+]?\s*([a-z_]+)\((.*)\)\s*$/s;

/** A prior as Oríon writes it, a call in Python: `loguniform(1e-5, 1, default_value=0.1)`. */
export interface Prior {
  readonly name: string;
  readonly values: readonly unknown[];
  /** Arguments by their names. */
  readonly options: ReadonlyMap<string, string>;
}

/** @returns undefined for what is no prior. */
export function parsePrior(text: string): Prior | undefined {
  const [, name, inside] = PRIOR.exec(text) ?? [];
  return name === undefined || inside === undefined ? undefined : { name, ...readArguments(inside) };
}

/** @returns undefined for a prior that has no counterpart. */
export function readPrior(text: string, path: Path, notes: ImportNotes): Notation | undefined {
  const prior = parsePrior(text);
  if (prior === undefined) return undefined;
  const { name, values, options } = prior;
  if (name === 'choices') return readChoices(values, path, notes);
  const [a, b] = values.map(numberOf);
  if (a === undefined || b === undefined) return undefined;
  const discrete = options.get('discrete') === 'True';
  const fallback = numberOf(options.get('default_value'));
  if (options.has('shape')) notes.add(path, `${text.trim()}: a vector, of which one value is carried over`);
  const start = fallback === undefined ? {} : { default: fallback };
  const range = { form: 'range', min: a, max: b, ...(discrete && { int: true }), ...start } as const;
  switch (name) {
    case 'uniform':
      return range;
    case 'randint':
      // Its upper bound is not among the values.
      return { ...range, max: b - 1, int: true };
    case 'loguniform':
    case 'reciprocal':
      return { ...range, log: true };
    case 'normal':
    case 'gaussian':
      if (discrete) notes.add(path, 'rounding to whole numbers is left out');
      return { form: 'normal', mean: a, std: b, ...start };
    case 'fidelity':
      notes.add(path, `fidelity: every trial gets the most, ${b}`);
      return { form: 'fixed', value: b };
    default:
      return undefined;
  }
}

function readChoices(values: readonly unknown[], path: Path, notes: ImportNotes): Notation | undefined {
  const [only] = values;
  if (isMap(only)) notes.add(path, 'each value is as likely as the others');
  const choices = isMap(only) ? Object.keys(only) : values.length === 1 && Array.isArray(only) ? only : values;
  return choices.length === 0 ? undefined : { form: 'values', values: choices.map(parameterValue) };
}

/** The literals of Python are nearly those of YAML. */
function readArguments(inside: string): Omit<Prior, 'name'> {
  const options = new Map<string, string>();
  const rest = inside.replaceAll(/,?\s*\b([a-z_]+)\s*=\s*([^,()]+|\([^)]*\))/g, (_, name: string, value: string) => {
    options.set(name, value.trim());
    return '';
  });
  const plain = rest
    .replace(/\bTrue\b/g, 'true')
    .replace(/\bFalse\b/g, 'false')
    .replace(/\bNone\b/g, 'null')
    .replace(/(['"])\s*:/g, '$1: ')
    .replace(/\(([^()]*)\)/g, '[$1]');
  try {
    const values: unknown = parse(`[${plain}]`, { schema: 'core', logLevel: 'silent', maxAliasCount: 0 });
    return { values: Array.isArray(values) ? values : [], options };
  } catch {
    return { values: [], options };
  }
}
