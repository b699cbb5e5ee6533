import { isMap, type PlainMap } from '../spec/collection-shapes.js';
import type { Path } from '../spec/place.js';
import type { ImportNotes } from './import-notes.js';
import { halvingPruning, type ImportedPruning } from './imported-pruning.js';
import type { ImportedStudy } from './imported-study.js';
import { nearestMethod } from './nearest-method.js';
import { parsePrior, readPrior } from './orion-prior.js';
import { ParameterList } from './parameter-list.js';
import { listAt, mapAt, numberAt, numberOf, textAt } from './plain.js';
import { quotedWords } from './shell-words.js';

const METHODS = new Map([
  ['random', 'random'],
  ['gridsearch', 'grid'],
  ['tpe', 'tpe'],
  ['bohb', 'tpe'],
  ['robo_gp', 'gp'],
  ['robo_gp_mcmc', 'gp'],
  ['bayesianoptimizer', 'gp'],
  ['skopt', 'gp'],
  ['ax', 'gp'],
  ['robo_randomforest', 'bayes'],
  ['asha', 'random'],
  ['hyperband', 'random'],
]);
/** Those that give up trials on their way. */
const HALVING: ReadonlySet<string> = new Set(['asha', 'hyperband', 'bohb']);
/** On a command line: `--lr~loguniform(1e-5, 1)`, `-x~uniform(0, 1)`, `x~normal(0, 1)`. */
const ARGUMENT = /^(-{0,2}[^~=\s]+)~(.+)$/s;
/** Options of `orion hunt` without a value. */
const SWITCHES: ReadonlySet<string> = new Set([
  ...['--enable-evc', '--auto-resolution', '--manual-resolution', '--ignore-code-changes', '--init-only', '--debug'],
  ...['-v', '-vv', '-vvv', '-d', '--ignore-broken'],
]);
const KNOWN = ['name', 'space', 'max_trials', 'algorithm', 'algorithms', 'user_args', 'metadata', 'experiment'];
const LEFT_OUT: Readonly<Record<string, string>> = {
  worker: 'that is --workers of cml tune',
  max_broken: 'a failed trial never ends the search',
  storage: 'a run is a folder',
  database: 'a run is a folder',
  working_dir: 'see --out of cml tune',
};

export function isOrion(data: unknown): boolean {
  if (typeof data === 'string') return /(^|\s)orion\s+hunt\s/.test(data);
  const experiment = experimentOf(data);
  const priors = Object.values(mapAt(experiment, 'space'));
  return (priors.length > 0 && priors.every(isPrior)) || argumentsOf(experiment).some((word) => ARGUMENT.test(word));
}

function isPrior(value: unknown): boolean {
  return isMap(value) || (typeof value === 'string' && parsePrior(value) !== undefined);
}

function experimentOf(data: unknown): PlainMap {
  return isMap(data) ? { ...data, ...mapAt(data, 'experiment') } : {};
}

function argumentsOf(experiment: PlainMap): readonly string[] {
  const given = listAt(experiment, 'user_args');
  return (given.length > 0 ? given : listAt(experiment, 'metadata', 'user_args')).map(String);
}

/** An experiment of Oríon (orion.readthedocs.io): its `space`, or priors in the arguments, or a line `orion hunt …`. */
export function readOrion(data: unknown, notes: ImportNotes): ImportedStudy {
  const hunt = typeof data === 'string' ? readHunt(data, notes) : undefined;
  const experiment = hunt?.experiment ?? experimentOf(data);
  const words = hunt?.words ?? argumentsOf(experiment);
  const parameters = new ParameterList(notes);
  const where = isMap(data) && isMap(data.experiment) ? ['experiment'] : [];
  addSpace(mapAt(experiment, 'space'), [...where, 'space'], parameters, notes);
  const command = words.map((word) => filled(word, parameters, notes));
  const inArguments = words.some((word) => ARGUMENT.test(word));
  if (isMap(data)) notes.leaveOut(mapAt(data, ...where), where, KNOWN, LEFT_OUT);
  if (where.length > 0 && isMap(data)) notes.leaveOut(data, [], KNOWN, LEFT_OUT);
  const pruning = readPruning(experiment, words, where, notes);
  return {
    name: textAt(experiment, 'name'),
    // Oríon always minimizes.
    objective: { metric: 'objective', goal: 'minimize' },
    method: readMethod(experiment, where, notes),
    trials: numberAt(experiment, 'max_trials'),
    pruning,
    parameters: parameters.all,
    ...(command.length > 0 && { command: inArguments ? command : [...command, ...parameters.arguments] }),
  };
}

interface Hunt {
  readonly experiment: PlainMap;
  readonly words: readonly string[];
}

/** `orion hunt -n name --max-trials 20 ./train.py --lr~'loguniform(1e-5, 1)'` */
function readHunt(text: string, notes: ImportNotes): Hunt {
  // YAML has joined the lines that a backslash ended.
  const words = quotedWords(text.replace(/\\\s+/g, ' '));
  let i = words.indexOf('hunt') + 1;
  const experiment: Record<string, unknown> = {};
  while (i < words.length && words[i]!.startsWith('-')) {
    const [option, joined] = words[i++]!.split('=', 2);
    if (SWITCHES.has(option!)) {
      notes.add([], `${option}: left out`);
      continue;
    }
    const value = joined ?? words[i++];
    if (option === '-n' || option === '--name') experiment.name = value;
    else if (option === '--max-trials' || option === '--exp-max-trials') experiment.max_trials = numberOf(value);
    else notes.add([], `${option} ${value}: left out`);
  }
  return { experiment, words: words.slice(i) };
}

function filled(word: string, parameters: ParameterList, notes: ImportNotes): string {
  const [, name, prior] = ARGUMENT.exec(word) ?? [];
  if (name === undefined || prior === undefined) return word;
  const notation = readPrior(prior, [], notes);
  if (notation === undefined) {
    notes.add([], `${word}: this prior has no counterpart, the argument is passed on as it is`);
    return word;
  }
  const key = parameters.add(name.replace(/^-+/, ''), notation, []);
  return name.startsWith('-') ? `${name}={${key}}` : `{${key}}`;
}

function algorithmKey(experiment: PlainMap): string {
  return Object.hasOwn(experiment, 'algorithm') ? 'algorithm' : 'algorithms';
}

function algorithmName(experiment: PlainMap): string {
  const given = experiment[algorithmKey(experiment)];
  return typeof given === 'string' ? given : (textAt(given, 'type') ?? Object.keys(mapAt(given))[0] ?? 'random');
}

/** Rungs as those algorithms have them: the least of the fidelity, times its base, and so on. */
function readPruning(
  experiment: PlainMap,
  words: readonly string[],
  where: Path,
  notes: ImportNotes,
): ImportedPruning | undefined {
  const name = algorithmName(experiment);
  if (!HALVING.has(name.toLowerCase())) return undefined;
  const priors = [...textsOf(mapAt(experiment, 'space')), ...words.map((word) => ARGUMENT.exec(word)?.[2] ?? '')];
  const fidelity = priors.map(parsePrior).find((prior) => prior?.name === 'fidelity');
  const factor = fidelity?.options.get('base') ?? fidelity?.values[2] ?? 2;
  const path = [...where, algorithmKey(experiment)];
  return halvingPruning(name, { minSteps: fidelity?.values[0], factor }, path, notes);
}

/** All of a map of maps. */
function textsOf(map: PlainMap): readonly string[] {
  return Object.values(map).flatMap((value) =>
    isMap(value) ? textsOf(value) : typeof value === 'string' ? value : [],
  );
}

function readMethod(experiment: PlainMap, where: Path, notes: ImportNotes): string {
  const key = algorithmKey(experiment);
  const given = experiment[key];
  const name = algorithmName(experiment);
  const path = [...where, key];
  const method = nearestMethod(name, METHODS.get(name.toLowerCase()), path, notes);
  if (isMap(given)) notes.add(path, 'its settings are left out');
  return method;
}

/** Nested maps have names joined by dots. */
function addSpace(space: PlainMap, path: Path, list: ParameterList, notes: ImportNotes, prefix = ''): void {
  for (const [name, given] of Object.entries(space)) {
    const place = [...path, name];
    if (isMap(given)) {
      addSpace(given, place, list, notes, `${prefix}${name}.`);
      continue;
    }
    const notation = typeof given === 'string' ? readPrior(given, place, notes) : undefined;
    if (notation === undefined) notes.add(place, 'left out: this prior has no counterpart');
    else list.add(`${prefix}${name}`, notation, place);
  }
}
