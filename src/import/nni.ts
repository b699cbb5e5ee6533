import { isMap, type PlainMap } from '../spec/collection-shapes.js';
import type { SpaceDocument } from '../spec/space-document.js';
import type { ImportNotes } from './import-notes.js';
import { halvingPruning, type ImportedPruning, medianPruning } from './imported-pruning.js';
import type { ImportedStudy } from './imported-study.js';
import { nearestMethod } from './nearest-method.js';
import { addSpace, isNniSpace } from './nni-space.js';
import { ParameterList } from './parameter-list.js';
import { at, mapAt, numberAt, textAt } from './plain.js';
import { shellQuoted, shellWords } from './shell-words.js';

const METHODS = new Map([
  ['tpe', 'tpe'],
  ['random', 'random'],
  ['anneal', 'tpe'],
  ['evolution', 'tpe'],
  ['gridsearch', 'grid'],
  ['gp', 'gp'],
  ['gptuner', 'gp'],
  ['metis', 'gp'],
  ['metistuner', 'gp'],
  ['smac', 'bayes'],
  ['bohb', 'tpe'],
  ['hyperband', 'random'],
  ['dngo', 'gp'],
  ['dngotuner', 'gp'],
]);
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
  const gpus = numberAt(data, 'trialGpuNumber') ?? numberAt(data, 'trial', 'gpuNum');
  const command = readCommand(data, parameters, notes);
  notes.add([], 'the program read nni.get_next_parameter(): here its parameters come as --name=value');
  return {
    name: textAt(data, 'experimentName'),
    objective: { metric: 'value', goal: readGoal(data) },
    method: readMethod(data, notes),
    trials: numberAt(data, 'maxTrialNumber') ?? numberAt(data, 'maxTrialNum'),
    pruning,
    wall: textAt(data, 'maxExperimentDuration') ?? textAt(data, 'maxExecDuration'),
    parameters: parameters.all,
    command,
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
  const found = METHODS.get(name.toLowerCase());
  const path = [isMap(data.tuner) ? 'tuner' : 'advisor'];
  // TPE, GridSearch and GPTuner are called so here too.
  const same = found !== undefined && name.toLowerCase().startsWith(found);
  const method = same ? found : nearestMethod(name, found, path, notes);
  notes.leaveOut(mapAt(tuner, 'classArgs'), [...path, 'classArgs'], ['optimize_mode', 'eta', 'min_budget'], {
    R: 'a trial is not told how long to run: it runs to its end, unless it is given up',
    max_budget: 'a trial is not told how long to run: it runs to its end, unless it is given up',
  });
  return method;
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
