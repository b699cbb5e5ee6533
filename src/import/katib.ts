import { isMap, type PlainMap } from '../spec/collection-shapes.js';
import type { Path } from '../spec/place.js';
import type { ImportNotes } from './import-notes.js';
import { halvingPruning, type ImportedPruning, medianPruning } from './imported-pruning.js';
import type { ImportedStudy, Notation } from './imported-study.js';
import { readTemplate } from './katib-template.js';
import { nearestMethod } from './nearest-method.js';
import { ParameterList } from './parameter-list.js';
import { at, listAt, mapAt, numberAt, numberOf, parameterValue, textAt } from './plain.js';

const METHODS = new Map([
  ['random', 'random'],
  ['grid', 'grid'],
  ['bayesianoptimization', 'gp'],
  ['tpe', 'tpe'],
  ['multivariate-tpe', 'tpe'],
  ['cmaes', 'cma-es'],
  ['sobol', 'sobol'],
  ['hyperband', 'random'],
]);
const KNOWN = ['objective', 'algorithm', 'parameters', 'trialTemplate', 'maxTrialCount', 'earlyStopping'];
const LEFT_OUT: Readonly<Record<string, string>> = {
  parallelTrialCount: 'that is --workers of cml tune',
  maxFailedTrialCount: 'a failed trial never ends the search',
  metricsCollectorSpec: 'the program prints its metrics as a last line of JSON',
  resumePolicy: 'every run can be resumed',
  nasConfig: 'there is no search of architectures',
};

export function isExperiment(data: unknown): boolean {
  return textAt(data, 'kind') === 'Experiment' && isMap(at(data, 'spec'));
}

/** An Experiment of Katib (kubeflow.org, v1beta1). */
export function readExperiment(data: PlainMap, notes: ImportNotes): ImportedStudy {
  const spec = mapAt(data, 'spec');
  const parameters = new ParameterList(notes);
  const hyperband = readHyperband(spec);
  for (const [i, given] of listAt(spec, 'parameters').entries()) {
    addParameter(given, i, hyperband?.resources ?? new Map(), parameters, notes);
  }
  notes.leaveOut(spec, ['spec'], KNOWN, LEFT_OUT);
  const method = readMethod(spec, notes);
  const pruning = readPruning(spec, hyperband, notes);
  return {
    name: textAt(data, 'metadata', 'name'),
    objective: readObjective(mapAt(spec, 'objective'), notes),
    method,
    trials: numberAt(spec, 'maxTrialCount'),
    pruning,
    parameters: parameters.all,
    ...readTemplate(mapAt(spec, 'trialTemplate'), parameters, notes),
  };
}

function readMethod(spec: PlainMap, notes: ImportNotes): string {
  const name = textAt(spec, 'algorithm', 'algorithmName') ?? 'random';
  const path = ['spec', 'algorithm'];
  const method = nearestMethod(name, METHODS.get(name), path, notes);
  if (name !== 'hyperband' && listAt(spec, 'algorithm', 'algorithmSettings').length > 0)
    notes.add(path, 'its settings are left out');
  return method;
}

/** A list of names and values, as texts. */
function settingsOf(spec: PlainMap, key: 'algorithm' | 'earlyStopping'): ReadonlyMap<string, unknown> {
  return new Map(
    listAt(spec, key, 'algorithmSettings').map((given) => [textAt(given, 'name') ?? '', at(given, 'value')]),
  );
}

interface Hyperband {
  readonly factor: unknown;
  /** The parameter by which a trial is told how long to run, and the most that it is told. */
  readonly resources: ReadonlyMap<string, number>;
}

function readHyperband(spec: PlainMap): Hyperband | undefined {
  if (textAt(spec, 'algorithm', 'algorithmName') !== 'hyperband') return undefined;
  const settings = settingsOf(spec, 'algorithm');
  const [name, most] = [settings.get('resource_name'), numberOf(settings.get('r_l'))];
  const resources = typeof name === 'string' && most !== undefined ? [[name, most] as const] : [];
  return { factor: settings.get('eta'), resources: new Map(resources) };
}

function readPruning(
  spec: PlainMap,
  hyperband: Hyperband | undefined,
  notes: ImportNotes,
): ImportedPruning | undefined {
  const stopping = ['spec', 'earlyStopping'];
  const name = textAt(spec, 'earlyStopping', 'algorithmName');
  if (name !== undefined && name !== 'medianstop') {
    notes.add(stopping, `left out: there is no ${name}; search.pruning has median and halving`);
  }
  if (hyperband !== undefined) {
    return halvingPruning('hyperband', { factor: hyperband.factor }, ['spec', 'algorithm'], notes);
  }
  if (name !== 'medianstop') return undefined;
  const settings = settingsOf(spec, 'earlyStopping');
  // Its defaults.
  const [startup = '3', warmup = '4'] = ['min_trials_required', 'start_step'].map((key) => settings.get(key));
  return medianPruning(name, { warmup, startup }, stopping, notes);
}

function readObjective(objective: PlainMap, notes: ImportNotes): ImportedStudy['objective'] {
  notes.leaveOut(objective, ['spec', 'objective'], ['type', 'goal', 'objectiveMetricName'], {
    additionalMetricNames: 'every number that the program prints is kept; objective.also shows them',
    metricStrategies: 'the value that the program prints last counts',
  });
  return {
    metric: textAt(objective, 'objectiveMetricName') ?? 'value',
    goal: textAt(objective, 'type') === 'maximize' ? 'maximize' : 'minimize',
    target: numberAt(objective, 'goal'),
  };
}

/** @param resources parameters that Hyperband sets, and the most that it sets them to. */
function addParameter(
  given: unknown,
  index: number,
  resources: ReadonlyMap<string, number>,
  list: ParameterList,
  notes: ImportNotes,
): void {
  const path = ['spec', 'parameters', index];
  const name = textAt(given, 'name') ?? `parameter_${index + 1}`;
  const most = resources.get(name);
  if (most !== undefined) {
    notes.add(path, `${name}: every trial gets the most, ${most}, and is given up before where it falls behind`);
    list.add(name, { form: 'fixed', value: most }, path);
    return;
  }
  const notation = readParameter(given, path, notes);
  if (notation === undefined) notes.add(path, `${name} is left out: it has neither a list nor bounds`);
  else list.add(name, notation, path);
}

function readParameter(given: unknown, path: Path, notes: ImportNotes): Notation | undefined {
  const space = mapAt(given, 'feasibleSpace');
  const type = textAt(given, 'parameterType');
  const listed = listAt(space, 'list');
  if (listed.length > 0) {
    // A discrete parameter is of numbers, which the API has as texts.
    const values = type === 'discrete' ? listed.map((value) => numberOf(value) ?? value) : listed;
    return { form: 'values', values: values.map(parameterValue) };
  }
  const min = numberAt(space, 'min');
  const max = numberAt(space, 'max');
  const step = numberAt(space, 'step');
  if (min === undefined || max === undefined) return undefined;
  const int = type === 'int';
  const range = { form: 'range', min, max, ...(step !== undefined && { step }), ...(int && { int }) } as const;
  switch (textAt(space, 'distribution') ?? 'uniform') {
    case 'uniform':
      return range;
    case 'logUniform':
      return { ...range, log: true };
    case 'normal':
      if (int) notes.add(path, 'a normal distribution of whole numbers: kept as uniform');
      // Three standard deviations on each side, as Katib has it.
      return int || min === max
        ? range
        : { form: 'normal', mean: (min + max) / 2, std: Number(((max - min) / 6).toPrecision(6)), min, max };
    default:
      notes.add(path, `${textAt(space, 'distribution')}: a logarithmic scale is the nearest`);
      return { ...range, log: true };
  }
}
