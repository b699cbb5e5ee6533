import { UsageError } from '../errors.js';
import { isMap, type PlainMap } from '../spec/collection-shapes.js';
import type { Path } from '../spec/place.js';
import type { ImportNotes } from './import-notes.js';
import { halvingPruning, type ImportedPruning, medianPruning } from './imported-pruning.js';
import type { ImportedStudy, Notation } from './imported-study.js';
import { bestOf, inferParameters, trialsOf } from './optuna-trials.js';
import { ParameterList } from './parameter-list.js';
import { at, listAt, mapAt, numberAt, parameterValue, textAt } from './plain.js';

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
  const count = numberAt(study, 'n_trials');
  const objective = readObjective(study, notes);
  const initial = bestOf(trials, objective.goal, parameters);
  return {
    name: textAt(study, 'study_name') ?? textAt(study, 'name'),
    objective,
    method: readMethod(study, notes),
    ...(count !== undefined && count > 0 && { trials: count }),
    pruning,
    initial,
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
