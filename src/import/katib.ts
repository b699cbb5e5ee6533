import type { Path } from '../spec/place.js';
import type { ImportNotes } from './import-notes.js';
import type { ImportedStudy, Notation } from './imported-study.js';
import { ParameterList } from './parameter-list.js';
import { at, isMap, listAt, mapAt, numberAt, numberOf, type PlainMap, parameterValue, textAt } from './plain.js';

const METHODS: Readonly<Record<string, string>> = {
  random: 'random',
  grid: 'grid',
  bayesianoptimization: 'gp',
  tpe: 'tpe',
  'multivariate-tpe': 'tpe',
  cmaes: 'cma-es',
  sobol: 'sobol',
};
const KNOWN = ['objective', 'algorithm', 'parameters', 'trialTemplate', 'maxTrialCount'];
const LEFT_OUT: Readonly<Record<string, string>> = {
  parallelTrialCount: 'that is --workers of cml tune',
  maxFailedTrialCount: 'a failed trial never ends the search',
  earlyStopping:
    'with a program that prints {"step": 1, "value": 0.5} as it learns, search.pruning: {method: median} does this',
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
  for (const [i, given] of listAt(spec, 'parameters').entries()) addParameter(given, i, parameters, notes);
  notes.leaveOut(spec, ['spec'], KNOWN, LEFT_OUT);
  const name = textAt(data, 'metadata', 'name');
  const trials = numberAt(spec, 'maxTrialCount');
  return {
    ...(name !== undefined && { name }),
    objective: readObjective(mapAt(spec, 'objective'), notes),
    method: readMethod(spec, notes),
    ...(trials !== undefined && { trials }),
    parameters: parameters.all,
    ...readTemplate(mapAt(spec, 'trialTemplate'), parameters, notes),
  };
}

function readMethod(spec: PlainMap, notes: ImportNotes): string {
  const name = textAt(spec, 'algorithm', 'algorithmName') ?? 'random';
  const method = METHODS[name];
  const path = ['spec', 'algorithm'];
  if (method === undefined) notes.add(path, `there is no method ${name}: random`);
  else if (method !== name) notes.add(path, `${name}: ${method} is the nearest`);
  if (listAt(spec, 'algorithm', 'algorithmSettings').length > 0) notes.add(path, 'its settings are left out');
  return method ?? 'random';
}

function readObjective(objective: PlainMap, notes: ImportNotes): ImportedStudy['objective'] {
  const target = numberAt(objective, 'goal');
  notes.leaveOut(objective, ['spec', 'objective'], ['type', 'goal', 'objectiveMetricName'], {
    additionalMetricNames: 'every number that the program prints is kept; objective.also shows them',
    metricStrategies: 'the value that the program prints last counts',
  });
  return {
    metric: textAt(objective, 'objectiveMetricName') ?? 'value',
    goal: textAt(objective, 'type') === 'maximize' ? 'maximize' : 'minimize',
    ...(target !== undefined && { target }),
  };
}

function addParameter(given: unknown, index: number, list: ParameterList, notes: ImportNotes): void {
  const path = ['spec', 'parameters', index];
  const name = textAt(given, 'name') ?? `parameter_${index + 1}`;
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

type Template = Pick<ImportedStudy, 'command' | 'resources'>;

function readTemplate(template: PlainMap, parameters: ParameterList, notes: ImportNotes): Template {
  const path = ['spec', 'trialTemplate'];
  const containers = containersOf(template.trialSpec);
  const primary = textAt(template, 'primaryContainerName');
  const container = containers.find((candidate) => textAt(candidate, 'name') === primary) ?? containers[0];
  if (container === undefined) {
    notes.add(path, 'no container with a command was found in it');
    return {};
  }
  const places = new Map<string, string>();
  for (const given of listAt(template, 'trialParameters')) {
    const [name, reference] = [textAt(given, 'name'), textAt(given, 'reference')];
    const key = reference === undefined ? undefined : parameters.keyOf(reference);
    if (name !== undefined && key !== undefined) places.set(name, key);
  }
  const command = [...listAt(container, 'command'), ...listAt(container, 'args')].map((element) =>
    String(element).replaceAll(/\$\{trialParameters\.([^}]+)\}/g, (whole, name: string) => {
      const key = places.get(name);
      if (key === undefined) notes.add(path, `${whole}: no parameter is meant by it, it is passed on as it is`);
      return key === undefined ? whole : `{${key}}`;
    }),
  );
  notes.add(path, `left out: the image ${textAt(container, 'image') ?? ''}; the command runs on this machine`);
  return { ...(command.length > 0 && { command }), ...readResources(container) };
}

/** Wherever the kind of the job keeps them. */
function containersOf(node: unknown): readonly PlainMap[] {
  if (Array.isArray(node)) return node.flatMap(containersOf);
  if (!isMap(node)) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'containers' && Array.isArray(value) ? value.filter(isMap) : containersOf(value),
  );
}

const AMOUNT = /^(\d+(?:\.\d+)?)([KMGT]i?)?$/;

function readResources(container: PlainMap): Template {
  const limits = { ...mapAt(container, 'resources', 'requests'), ...mapAt(container, 'resources', 'limits') };
  const cpu = String(limits.cpu ?? '');
  const cpus = Math.ceil(cpu.endsWith('m') ? Number(cpu.slice(0, -1)) / 1000 : Number(cpu));
  const gpus = numberOf(limits['nvidia.com/gpu']);
  const [, amount, unit] = AMOUNT.exec(String(limits.memory ?? '')) ?? [];
  const resources = {
    ...(cpus > 1 && { cpus }),
    ...(gpus !== undefined && gpus > 0 && { gpus }),
    ...(amount !== undefined && unit !== undefined && { memory: `${amount}${unit}B` }),
  };
  return Object.keys(resources).length === 0 ? {} : { resources };
}
