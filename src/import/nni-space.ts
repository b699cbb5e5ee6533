import { isMap, type PlainMap } from '../spec/collection-shapes.js';
import type { Path } from '../spec/place.js';
import type { ImportNotes } from './import-notes.js';
import type { ImportedStudy, Notation } from './imported-study.js';
import { ParameterList } from './parameter-list.js';
import { listAt, numberOf, parameterValue, textAt } from './plain.js';

/** A search space alone: every entry has a type and values. */
export function isNniSpace(data: unknown): boolean {
  if (!isMap(data)) return false;
  const entries = Object.values(data);
  return entries.length > 0 && entries.every((entry) => textAt(entry, '_type') !== undefined);
}

/** A search space of NNI without its experiment. */
export function readNniSpace(data: PlainMap, notes: ImportNotes): ImportedStudy {
  const parameters = new ParameterList(notes);
  addSpace(data, [], undefined, parameters, notes);
  notes.add([], 'a search space alone says neither a goal nor a command: maximize, random, 50 trials');
  return { objective: { metric: 'value', goal: 'maximize' }, method: 'random', parameters: parameters.all };
}

/** @param when under which condition its parameters are active. */
export function addSpace(
  space: PlainMap,
  path: Path,
  when: string | undefined,
  list: ParameterList,
  notes: ImportNotes,
): void {
  for (const [name, given] of Object.entries(space)) {
    if (name === '_name') continue;
    const place = [...path, name];
    const values = listAt(given, '_value');
    if (textAt(given, '_type') === 'choice' && values.some(isMap)) addNested(name, values, place, when, list, notes);
    else {
      const notation = readParameter(textAt(given, '_type') ?? '', values, place, notes);
      if (notation === undefined) notes.add(place, 'left out: its _type or _value has no counterpart');
      else if (notation.form === 'fixed' || when === undefined) list.add(name, notation, place);
      else list.add(name, { ...notation, when }, place);
    }
  }
}

/** A choice of spaces: a choice of their names, and parameters that are active under one of them. */
function addNested(
  name: string,
  options: readonly unknown[],
  path: Path,
  when: string | undefined,
  list: ParameterList,
  notes: ImportNotes,
): void {
  const names = options.map((option, i) => textAt(option, '_name') ?? (isMap(option) ? `option${i}` : String(option)));
  const key = list.add(name, { form: 'values', values: names, ...(when !== undefined && { when }) }, path);
  for (const [i, option] of options.entries()) {
    if (!isMap(option)) continue;
    const condition = `${key.includes('-') ? `\`${key}\`` : key} == ${quoted(names[i]!)}`;
    const inner = when === undefined ? condition : `${when} and ${condition}`;
    addSpace(option, [...path, '_value', i], inner, list, notes);
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", ' ')}'`;
}

function readParameter(type: string, values: readonly unknown[], path: Path, notes: ImportNotes): Notation | undefined {
  if (type === 'choice') return { form: 'values', values: values.map(parameterValue) };
  const [a, b, q] = values.map(numberOf);
  if (a === undefined || b === undefined) return undefined;
  const range = { form: 'range', min: a, max: b } as const;
  const rounding = () => notes.add(path, 'rounding to multiples of q is left out');
  switch (type) {
    case 'randint':
      // Its upper bound is not among the values.
      return { ...range, max: b - 1, int: true };
    case 'uniform':
      return range;
    case 'quniform': {
      if (q === undefined) return range;
      const offset = a / q;
      if (Math.abs(offset - Math.round(offset)) > 1e-9)
        notes.add(path, `steps start at ${a}, not at multiples of ${q}`);
      return { ...range, step: q };
    }
    case 'loguniform':
      return { ...range, log: true };
    case 'qloguniform':
      if (q === 1 && Number.isInteger(a) && Number.isInteger(b)) return { ...range, log: true, int: true };
      rounding();
      return { ...range, log: true };
    case 'qnormal':
    case 'qlognormal':
      rounding();
  }
  if (type === 'normal' || type === 'qnormal') return { form: 'normal', mean: a, std: b };
  if (type === 'lognormal' || type === 'qlognormal') return { form: 'normal', mean: a, std: b, log: true };
  return undefined;
}
