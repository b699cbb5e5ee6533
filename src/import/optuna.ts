import { UsageError } from '../errors.js';
import type { Path } from '../spec/place.js';
import type { Goal, ParameterValue } from '../trial.js';
import type { ImportNotes } from './import-notes.js';
import { halvingPruning, type ImportedPruning, medianPruning } from './imported-pruning.js';
import type { ImportedStudy, Notation } from './imported-study.js';
import { ParameterList } from './parameter-list.js';
import { at, isMap, listAt, mapAt, numberAt, numberOf, type PlainMap, parameterValue, textAt } from './plain.js';

const METHODS: readonly (readonly [sampler: RegExp, method: string])[] = [
  [/^tpe|motpe/i, 'tpe'],
  [/^random/i, 'random'],
  [/^grid|^bruteforce/i, 'grid'],
  [/^cmaes/i, 'cma-es'],
  [/^gp|^botorch/i, 'gp'],
  [/^qmc/i, 'sobol'],
];
const CLASS = /Distribution$/;

/** A distribution as Optuna writes it: `{name, attributes}`, or that as text. */
function distributionOf(value: unknown): PlainMap | undefined {
  const given = typeof value === 'string' && value.trimStart().startsWith('{') ? parsed(value) : value;
  return CLASS.test(textAt(given, 'name') ?? '') && isMap(at(given, 'attributes')) ? (given as PlainMap) : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isDistributions(value: unknown): value is PlainMap {
  if (!isMap(value)) return false;
  const entries = Object.values(value);
  return entries.length > 0 && entries.every((entry) => distributionOf(entry) !== undefined);
}

function trialsOf(data: unknown): readonly PlainMap[] {
  const rows = Array.isArray(data) ? data : listAt(data, 'trials');
  return rows.filter((row) => isMap(at(row, 'params'))) as PlainMap[];
}

/** As `optuna studies` lists them, which says nothing of their parameters. */
function isListOfStudies(data: unknown): boolean {
  return Array.isArray(data) && data.length > 0 && data.every((row) => numberAt(row, 'n_trials') !== undefined);
}

export function isOptuna(data: unknown): boolean {
  if (isListOfStudies(data)) return true;
  return isDistributions(data) || isDistributions(at(data, 'distributions')) || trialsOf(data).length > 0;
}

/**
 * What Optuna knows of a study: distributions as `distribution_to_json` writes them, by name or under `distributions`;
 * else its trials, as `optuna trials --format json` prints them.
 */
export function readOptuna(data: unknown, notes: ImportNotes): ImportedStudy {
  if (isListOfStudies(data)) {
    throw new UsageError('a list of studies holds no parameters (optuna)', {
      hint: '`optuna trials --format json` prints those of one study',
    });
  }
  const parameters = new ParameterList(notes);
  const study = isMap(data) && !isDistributions(data) ? data : {};
  const [distributions, path] = collected(data);
  for (const [name, given] of Object.entries(distributions)) {
    const notation = readDistribution(distributionOf(given)!);
    if (notation === undefined) notes.add([...path, name], 'left out: its distribution has no counterpart');
    else parameters.add(name, notation, [...path, name]);
  }
  const trials = trialsOf(data);
  if (parameters.all.length === 0) inferParameters(trials, parameters, notes);
  if (trials.some((trial) => Object.keys(mapAt(trial, 'params')).length < parameters.all.length)) {
    notes.add([], 'some trials had fewer parameters than others: add `when:` to those that depend on another');
  }
  const known = [
    'study_name',
    'name',
    'direction',
    'directions',
    'distributions',
    'trials',
    'sampler',
    'n_trials',
    'pruner',
  ];
  notes.leaveOut(study, [], [...known, 'metric_names', 'best_trial', 'best_params', 'best_value'], {
    user_attrs: 'notes belong in comments',
  });
  const pruning = readPruner(study, notes);
  const name = textAt(study, 'study_name') ?? textAt(study, 'name');
  const count = numberAt(study, 'n_trials');
  const objective = readObjective(study, notes);
  const initial = bestOf(trials, objective.goal, parameters);
  return {
    ...(name !== undefined && { name }),
    objective,
    method: readMethod(study, notes),
    ...(count !== undefined && count > 0 && { trials: count }),
    ...(pruning !== undefined && { pruning }),
    ...(initial !== undefined && { initial }),
    parameters: parameters.all,
  };
}

/** All distributions of the file, of each name the first. */
function collected(data: unknown): readonly [PlainMap, Path] {
  if (isDistributions(data)) return [data, []];
  const own = at(data, 'distributions');
  if (isDistributions(own)) return [own, ['distributions']];
  const found: Record<string, unknown> = {};
  for (const trial of trialsOf(data)) {
    for (const [name, given] of Object.entries(mapAt(trial, 'distributions'))) {
      if (!Object.hasOwn(found, name) && distributionOf(given) !== undefined) found[name] = given;
    }
  }
  return [found, []];
}

function readObjective(study: PlainMap, notes: ImportNotes): ImportedStudy['objective'] {
  const several = listAt(study, 'directions').length > 1;
  if (several) notes.add(['directions'], 'only the first objective is carried over: a study has one number that ranks');
  const direction = textAt(study, 'direction') ?? String(listAt(study, 'directions')[0] ?? '');
  if (direction === '') notes.add([], 'no direction is given: minimize');
  const metric = listAt(study, 'metric_names')[0];
  return {
    metric: typeof metric === 'string' && metric !== '' ? metric : 'value',
    goal: /maximize/i.test(direction) ? 'maximize' : 'minimize',
  };
}

function readMethod(study: PlainMap, notes: ImportNotes): string {
  const sampler = textAt(study, 'sampler') ?? 'TPESampler';
  const method = METHODS.find(([name]) => name.test(sampler))?.[1];
  if (method === undefined) notes.add(['sampler'], `there is no method ${sampler}: tpe`);
  return method ?? 'tpe';
}

/** By the name of its class, with the defaults of its arguments. */
function readPruner(study: PlainMap, notes: ImportNotes): ImportedPruning | undefined {
  if (study.pruner === undefined || study.pruner === null) return undefined;
  const [pruner = ''] = /^\w+/.exec(textAt(study, 'pruner') ?? '') ?? [];
  const path = ['pruner'];
  switch (pruner) {
    case 'NopPruner':
      return undefined;
    case 'MedianPruner':
      return medianPruning(pruner, { startup: 5 }, path, notes);
    case 'SuccessiveHalvingPruner':
      return halvingPruning(pruner, { minSteps: 1, factor: 4 }, path, notes);
    case 'HyperbandPruner':
      return halvingPruning(pruner, { minSteps: 1, factor: 3 }, path, notes);
    default:
      notes.add(path, 'left out: search.pruning has median and halving');
      return undefined;
  }
}

function readDistribution(given: PlainMap): Notation | undefined {
  const attributes = mapAt(given, 'attributes');
  const choices = attributes.choices;
  if (Array.isArray(choices)) return { form: 'values', values: choices.map(parameterValue) };
  const min = numberAt(attributes, 'low');
  const max = numberAt(attributes, 'high');
  if (min === undefined || max === undefined) return undefined;
  const name = textAt(given, 'name')!;
  const step = numberAt(attributes, 'step') ?? numberAt(attributes, 'q');
  const log = attributes.log === true || name.includes('Log');
  return {
    form: 'range',
    min,
    max,
    ...(name.startsWith('Int') && { int: true }),
    ...(log && { log }),
    // Logarithmic whole numbers have a step of 1 that says nothing.
    ...(step !== undefined && !(log && step === 1) && { step }),
  };
}

/** The parameters of the best trial that has a value. */
function bestOf(
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
function inferParameters(trials: readonly PlainMap[], list: ParameterList, notes: ImportNotes): void {
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

/** Numbers that come again are chosen from so many at most. */
const MOST_CHOICES = 5;
/** A range that spans as much is meant to be logarithmic. */
const LOG_RATIO = 100;

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
