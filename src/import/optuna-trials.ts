import { isMap, type PlainMap } from '../spec/collection-shapes.js';
import type { Goal, ParameterValue } from '../trial.js';
import type { ImportNotes } from './import-notes.js';
import type { Notation } from './imported-study.js';
import type { ParameterList } from './parameter-list.js';
import { at, listAt, mapAt, numberAt, numberOf, parameterValue } from './plain.js';

/** Numbers that come again are chosen from so many at most. */
const MOST_CHOICES = 5;
/** A range that spans as much is meant to be logarithmic. */
const LOG_RATIO = 100;

/** Those of a file, as `optuna trials --format json` prints them, or under `trials`. */
export function trialsOf(data: unknown): readonly PlainMap[] {
  const rows = Array.isArray(data) ? data : listAt(data, 'trials');
  return rows.filter((row) => isMap(at(row, 'params'))) as PlainMap[];
}

/** The parameters of the best trial that has a value. */
export function bestOf(
  trials: readonly PlainMap[],
  goal: Goal,
  list: ParameterList,
): Readonly<Record<string, ParameterValue>> | undefined {
  const sign = goal === 'maximize' ? -1 : 1;
  let best: PlainMap | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const trial of trials) {
    const value = numberAt(trial, 'value') ?? numberOf(listAt(trial, 'values')[0]);
    if (value === undefined || sign * value >= least) continue;
    least = sign * value;
    best = trial;
  }
  if (best === undefined) return undefined;
  const params = Object.entries(mapAt(best, 'params')).flatMap(([name, value]): [string, ParameterValue][] => {
    const key = list.keyOf(name);
    return key === undefined ? [] : [[key, parameterValue(value)]];
  });
  return Object.fromEntries(params);
}

/** From the values that trials had: the file says no more. */
export function inferParameters(trials: readonly PlainMap[], list: ParameterList, notes: ImportNotes): void {
  const seen = new Map<string, unknown[]>();
  for (const trial of trials) {
    for (const [name, value] of Object.entries(mapAt(trial, 'params'))) {
      const values = seen.get(name);
      if (values === undefined) seen.set(name, [value]);
      else values.push(value);
    }
  }
  for (const [name, found] of seen) {
    const numbers = found.map((value) => (typeof value === 'number' ? numberOf(value) : undefined));
    const range = numbers.every((value) => value !== undefined);
    const different = [...new Set(found)];
    const key = list.add(
      name,
      range ? guessedOf(numbers) : { form: 'values', values: different.map(parameterValue) },
      [],
    );
    notes.add(
      [],
      `${key}: the file has values and no distribution: guessed from what its trials had, ${different.length} different values`,
    );
  }
}

/** A draw from a range hardly gives the same number twice, but for whole numbers that lie side by side. */
function guessedOf(numbers: readonly number[]): Notation {
  const values = [...new Set(numbers)].sort((a, b) => a - b);
  const [min = 0] = values;
  const max = values.at(-1) ?? min;
  const int = values.every(Number.isInteger);
  const repeated = values.length > 1 && values.length <= MOST_CHOICES && values.length < numbers.length;
  if (repeated && !(int && max - min < values.length)) return { form: 'values', values };
  const log = min > 0 && max / min >= LOG_RATIO;
  return { form: 'range', min, max, ...(int && { int }), ...(log && { log }) };
}
