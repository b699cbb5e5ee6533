import { isMap, type PlainMap } from '../spec/collection-shapes.js';
import type { Path } from '../spec/place.js';
import type { ImportNotes } from './import-notes.js';
import { halvingPruning, type ImportedPruning } from './imported-pruning.js';
import type { ImportedStudy, Notation } from './imported-study.js';
import { nearestMethod } from './nearest-method.js';
import { ParameterList } from './parameter-list.js';
import { at, listAt, mapAt, numberAt, parameterValue, textAt } from './plain.js';

const METHODS = ['grid', 'random', 'bayes'];
const KNOWN = [
  'program',
  'method',
  'metric',
  'parameters',
  'name',
  'run_cap',
  'command',
  'description',
  'early_terminate',
];
const LEFT_OUT: Readonly<Record<string, string>> = {
  project: 'runs are folders here, see --out of cml tune',
  entity: 'runs are folders here, see --out of cml tune',
  controller: 'there is no server',
};

export function isSweep(data: unknown): boolean {
  return isMap(at(data, 'parameters')) && (textAt(data, 'method') !== undefined || at(data, 'program') !== undefined);
}

/** A sweep of Weights & Biases (docs.wandb.ai, sweep configuration structure). */
export function readSweep(data: PlainMap, notes: ImportNotes): ImportedStudy {
  const parameters = new ParameterList(notes);
  addParameters(mapAt(data, 'parameters'), ['parameters'], '', parameters, notes);
  notes.leaveOut(data, [], KNOWN, LEFT_OUT);
  const given = textAt(data, 'method') ?? 'random';
  const method = nearestMethod(given, METHODS.includes(given) ? given : undefined, ['method'], notes);
  const pruning = readEarlyTermination(data, notes);
  return {
    name: textAt(data, 'name'),
    objective: readMetric(data, notes),
    method,
    trials: numberAt(data, 'run_cap'),
    pruning,
    parameters: parameters.all,
    command: readCommand(data, parameters, notes),
  };
}

function readMetric(data: PlainMap, notes: ImportNotes): ImportedStudy['objective'] {
  const metric = mapAt(data, 'metric');
  const name = textAt(metric, 'name');
  if (name === undefined) notes.add([], 'no metric is named: the program must print {"value": …}');
  notes.leaveOut(metric, ['metric'], ['name', 'goal', 'target']);
  return {
    metric: name ?? 'value',
    // What W&B does where the sweep does not say it.
    goal: textAt(metric, 'goal') === 'maximize' ? 'maximize' : 'minimize',
    target: numberAt(metric, 'target'),
  };
}

/** Brackets at min_iter, min_iter * eta, …; or at max_iter / eta, max_iter / eta^2, …, s of them. */
function readEarlyTermination(data: PlainMap, notes: ImportNotes): ImportedPruning | undefined {
  if (data.early_terminate === undefined) return undefined;
  const path = ['early_terminate'];
  const given = mapAt(data, 'early_terminate');
  const type = textAt(given, 'type');
  if (type !== 'hyperband') {
    notes.add(path, `left out: ${type ?? 'its type'} is not hyperband; search.pruning has median and halving`);
    return undefined;
  }
  const [eta = 3, most, brackets = 1] = ['eta', 'max_iter', 's'].map((key) => numberAt(given, key));
  const least = numberAt(given, 'min_iter') ?? (most === undefined ? undefined : Math.floor(most / eta ** brackets));
  notes.leaveOut(given, path, ['type', 'min_iter', 'max_iter', 's', 'eta']);
  return halvingPruning('hyperband', { minSteps: least, factor: eta }, path, notes);
}

function addParameters(map: PlainMap, path: Path, prefix: string, list: ParameterList, notes: ImportNotes): void {
  for (const [name, given] of Object.entries(map)) {
    const place = [...path, name];
    if (isMap(given) && isMap(given.parameters)) {
      notes.add(place, `nested: its parameters are written '${prefix}${name}.…' and come as arguments of their own`);
      addParameters(given.parameters, [...place, 'parameters'], `${prefix}${name}.`, list, notes);
      continue;
    }
    const notation = isMap(given) ? readParameter(given, place, notes) : undefined;
    if (notation === undefined) notes.add(place, 'left out: its distribution has no counterpart');
    else {
      list.add(`${prefix}${name}`, notation, place);
      if (isMap(given)) noteKeys(given, place, notes);
    }
  }
}

function noteKeys(given: PlainMap, path: Path, notes: ImportNotes): void {
  notes.leaveOut(given, path, ['value', 'values', 'distribution', 'min', 'max', 'mu', 'sigma', 'q'], {
    probabilities: 'each value is as likely as the others',
  });
}

function readParameter(given: PlainMap, path: Path, notes: ImportNotes): Notation | undefined {
  if (Object.hasOwn(given, 'value')) return { form: 'fixed', value: parameterValue(given.value) };
  if (Array.isArray(given.values)) return { form: 'values', values: given.values.map(parameterValue) };
  const min = numberAt(given, 'min');
  const max = numberAt(given, 'max');
  const step = numberAt(given, 'q');
  const distribution = textAt(given, 'distribution') ?? impliedDistribution(min, max);
  if (distribution.endsWith('normal')) return readNormal(given, distribution, path, notes);
  if (min === undefined || max === undefined) return undefined;
  const bounds = { form: 'range', min, max, ...(distribution.startsWith('q_') && { step: step ?? 1 }) } as const;
  switch (distribution.replace(/^q_/, '')) {
    case 'int_uniform':
      return { ...bounds, int: true };
    case 'uniform':
      return bounds;
    case 'log_uniform':
      notes.add(path, 'its bounds were exponents of e: written as values');
      return { ...bounds, min: rounded(Math.exp(min)), max: rounded(Math.exp(max)), log: true };
    case 'inv_log_uniform':
      notes.add(path, 'from an inverse logarithmic scale to a logarithmic one, its bounds written as values');
      return { ...bounds, min: rounded(Math.exp(-max)), max: rounded(Math.exp(-min)), log: true };
    case 'inv_log_uniform_values':
      notes.add(path, 'from an inverse logarithmic scale to a logarithmic one');
      return { ...bounds, log: true };
    case 'log_uniform_values':
      return { ...bounds, log: true };
    default:
      return undefined;
  }
}

function impliedDistribution(min: number | undefined, max: number | undefined): string {
  return Number.isInteger(min) && Number.isInteger(max) ? 'int_uniform' : 'uniform';
}

function readNormal(given: PlainMap, distribution: string, path: Path, notes: ImportNotes): Notation {
  if (distribution.startsWith('q_')) notes.add(path, 'rounding to multiples of q is left out');
  const normal = { form: 'normal', mean: numberAt(given, 'mu') ?? 0, std: numberAt(given, 'sigma') ?? 1 } as const;
  return distribution.includes('log') ? { ...normal, log: true } : normal;
}

/** A bound that was an exponent has no more digits than anybody meant. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}

/** What W&B calls a macro. */
const MACRO = /^\$\{(\w+)\}$/;
const PROGRAM = /\$\{program\}/g;

function readCommand(data: PlainMap, parameters: ParameterList, notes: ImportNotes): readonly string[] {
  const program = textAt(data, 'program') ?? 'train.py';
  if (textAt(data, 'program') === undefined) notes.add([], `no program is named: the command takes ${program}`);
  const given = listAt(data, 'command').map(String);
  if (given.length === 0) return ['/usr/bin/env', 'python', program, ...parameters.arguments];
  return given.flatMap((element, i) => {
    const note = (message: string) => notes.add(['command', i], message);
    switch (MACRO.exec(element)?.[1]) {
      case 'env':
        return ['/usr/bin/env'];
      case 'interpreter':
        return ['python'];
      case 'args':
        return parameters.arguments;
      case 'args_no_hyphens':
        return parameters.arguments.map((argument) => argument.slice(2));
      case 'args_no_boolean_flags':
        note('booleans come as --name=true and --name=false');
        return parameters.arguments;
      case 'args_json_file':
        return ['{params_file}'];
      case 'args_json':
        note('the parameters come in a file, {params_file}, not as JSON text');
        return ['{params_file}'];
    }
    const filled = element.replace(PROGRAM, () => program);
    if (!/\$\{/.test(filled)) return [filled];
    note(`${filled}: nothing stands for it here, it is passed on without its braces`);
    return [filled.replace(/\$\{(\w+)\}/g, '$$$1')];
  });
}
