import type { Path } from '../spec/place.js';
import type { SpaceDocument } from '../spec/space-document.js';
import type { ImportNotes } from './import-notes.js';
import { halvingPruning, type ImportedPruning, medianPruning } from './imported-pruning.js';
import type { ImportedStudy, Notation } from './imported-study.js';
import { ParameterList } from './parameter-list.js';
import { at, isMap, listAt, mapAt, numberAt, numberOf, type PlainMap, parameterValue, textAt } from './plain.js';
import { shellQuoted, shellWords } from './shell-words.js';

const METHODS: Readonly<Record<string, string>> = {
  tpe: 'tpe',
  random: 'random',
  anneal: 'tpe',
  evolution: 'tpe',
  gridsearch: 'grid',
  gp: 'gp',
  gptuner: 'gp',
  metis: 'gp',
  metistuner: 'gp',
  smac: 'bayes',
  bohb: 'tpe',
  hyperband: 'random',
  dngo: 'gp',
  dngotuner: 'gp',
};
const KNOWN = [
  ...['experimentName', 'searchSpace', 'searchSpaceFile', 'searchSpacePath', 'trialCommand', 'trialCodeDirectory'],
  ...['trial', 'tuner', 'advisor', 'maxTrialNumber', 'maxTrialNum', 'maxExperimentDuration', 'maxExecDuration'],
  ...['trialGpuNumber', 'assessor'],
];
const LEFT_OUT: Readonly<Record<string, string>> = {
  trialConcurrency: 'that is --workers of cml tune',
  trainingService: 'trials run on this machine',
  trainingServicePlatform: 'trials run on this machine',
};

/** Reads the file that a configuration names its search space in. @returns undefined where it cannot be read. */
export type ReadOther = (file: string) => SpaceDocument | undefined;

export function isNniConfiguration(data: unknown): boolean {
  const keys = ['searchSpaceFile', 'searchSpacePath', 'trialCommand'];
  return keys.some((key) => textAt(data, key) !== undefined) || isNniSpace(at(data, 'searchSpace'));
}

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

/** An experiment of NNI (nni.readthedocs.io), configuration of version 1 or 2. */
export function readNniConfiguration(data: PlainMap, notes: ImportNotes, readOther: ReadOther): ImportedStudy {
  const parameters = new ParameterList(notes);
  const file = textAt(data, 'searchSpaceFile') ?? textAt(data, 'searchSpacePath');
  const other = file === undefined ? undefined : readOther(file);
  const space = file === undefined ? data.searchSpace : other?.data;
  const spaceNotes = other === undefined ? notes : notes.of(other);
  if (isMap(space)) addSpace(space, file === undefined ? ['searchSpace'] : [], undefined, parameters, spaceNotes);
  else notes.add([], `no search space was found${file === undefined ? '' : ` in ${file}`}: parameters are missing`);
  notes.leaveOut(data, [], KNOWN, LEFT_OUT);
  const pruning = readPruning(data, notes);
  const name = textAt(data, 'experimentName');
  const trials = numberAt(data, 'maxTrialNumber') ?? numberAt(data, 'maxTrialNum');
  const wall = textAt(data, 'maxExperimentDuration') ?? textAt(data, 'maxExecDuration');
  const gpus = numberAt(data, 'trialGpuNumber') ?? numberAt(data, 'trial', 'gpuNum');
  const command = readCommand(data, parameters, notes);
  notes.add([], 'the program read nni.get_next_parameter(): here its parameters come as --name=value');
  return {
    ...(name !== undefined && { name }),
    objective: { metric: 'value', goal: readGoal(data) },
    method: readMethod(data, notes),
    ...(trials !== undefined && { trials }),
    ...(pruning !== undefined && { pruning }),
    ...(wall !== undefined && { wall }),
    parameters: parameters.all,
    ...(command !== undefined && { command }),
    ...(gpus !== undefined && gpus > 0 && { resources: { gpus } }),
  };
}

function tunerOf(data: PlainMap): PlainMap {
  return isMap(data.tuner) ? data.tuner : mapAt(data, 'advisor');
}

function readGoal(data: PlainMap): 'maximize' | 'minimize' {
  return textAt(tunerOf(data), 'classArgs', 'optimize_mode') === 'minimize' ? 'minimize' : 'maximize';
}

function readMethod(data: PlainMap, notes: ImportNotes): string {
  const tuner = tunerOf(data);
  const name =
    textAt(tuner, 'name') ?? textAt(tuner, 'builtinTunerName') ?? textAt(tuner, 'builtinAdvisorName') ?? 'Random';
  const method = METHODS[name.toLowerCase()];
  const path = [isMap(data.tuner) ? 'tuner' : 'advisor'];
  if (method === undefined) notes.add(path, `there is no method ${name}: random`);
  else if (!name.toLowerCase().startsWith(method)) notes.add(path, `${name}: ${method} is the nearest`);
  notes.leaveOut(mapAt(tuner, 'classArgs'), [...path, 'classArgs'], ['optimize_mode', 'eta', 'min_budget'], {
    R: 'a trial is not told how long to run: it runs to its end, unless it is given up',
    max_budget: 'a trial is not told how long to run: it runs to its end, unless it is given up',
  });
  return method ?? 'random';
}

/** An assessor, or the halving of an advisor. */
function readPruning(data: PlainMap, notes: ImportNotes): ImportedPruning | undefined {
  const tuner = tunerOf(data);
  const advisor = textAt(tuner, 'name') ?? textAt(tuner, 'builtinAdvisorName') ?? '';
  const settings = mapAt(tuner, 'classArgs');
  if (/^(hyperband|bohb)$/i.test(advisor)) {
    return halvingPruning(advisor, { minSteps: settings.min_budget, factor: settings.eta ?? 3 }, ['advisor'], notes);
  }
  if (data.assessor === undefined) return undefined;
  const assessor = textAt(data, 'assessor', 'name') ?? textAt(data, 'assessor', 'builtinAssessorName') ?? 'this one';
  if (/^medianstop$/i.test(assessor)) {
    const warmup = at(data, 'assessor', 'classArgs', 'start_step');
    // It judges as soon as one trial has ended.
    return medianPruning(assessor, { warmup, startup: 1 }, ['assessor'], notes);
  }
  notes.add(['assessor'], `left out: there is no ${assessor}; search.pruning has median and halving`);
  return undefined;
}

function readCommand(data: PlainMap, parameters: ParameterList, notes: ImportNotes): readonly string[] | undefined {
  const line = textAt(data, 'trialCommand') ?? textAt(data, 'trial', 'command');
  if (line === undefined) return undefined;
  const folder = textAt(data, 'trialCodeDirectory') ?? textAt(data, 'trial', 'codeDir') ?? '.';
  const here = /^\.?\/?$/.test(folder);
  const words = shellWords(line);
  if (here && words !== undefined) return [...words, ...parameters.arguments];
  notes.add(
    [textAt(data, 'trialCommand') === undefined ? 'trial' : 'trialCommand'],
    `run by a shell${here ? '' : ` in ${folder}`}; its parameters follow as arguments`,
  );
  // What follows the script is $0, $1, …: no value of a parameter is read as shell syntax.
  const script = `${here ? '' : `cd ${shellQuoted(folder)} && `}${line} "$@"`;
  return ['sh', '-c', script, 'sh', ...parameters.arguments];
}

function addSpace(
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
