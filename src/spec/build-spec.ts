import { resolve } from 'node:path';
import type { DataSpec } from '../data/data-spec.js';
import { findMetric, METRICS } from '../metrics/index.js';
import type { Metric } from '../metrics/metric.js';
import { suggestName } from '../nearest-name.js';
import { findSampler } from '../samplers/index.js';
import type { Space } from '../space/space.js';
import { goalProblem } from '../validation/objective.js';
import type { EvaluationSpec, ObjectiveSpec } from '../validation/plan-spec.js';
import { buildSpace, type ConstraintEntry } from './build-space.js';
import type { IssueList } from './issue-list.js';
import type { ParameterEntry } from './parameter-entry.js';
import { type Path, showValue } from './place.js';
import { readCv } from './read-cv.js';
import { readInitial } from './read-initial.js';
import { readModels } from './read-models.js';
import { readOwnObjective } from './read-own-objective.js';
import { readPruning } from './read-pruning.js';
import type { SpaceFile } from './space-file-shape.js';
import type { BudgetSpec, DataStudySpec, ObjectiveStudySpec, SearchSpec, Spec } from './spec.js';

export interface BuildOptions {
  /** Absolute folder that relative paths start from. */
  readonly directory: string;
  /** The study's name where the file gives none. */
  readonly name: string;
  readonly source: Readonly<Record<string, unknown>>;
  /** Whether a value at a path was set from outside the file. */
  readonly touched: (path: Path) => boolean;
}

/** The spec of a file whose keys have been checked one by one; undefined when there are issues. */
export function buildSpec(file: SpaceFile, options: BuildOptions, issues: IssueList): Spec | undefined {
  const study = file.data === undefined ? readObjectiveStudy(file, issues) : readDataStudy(file, options, issues);
  const { models, entries } = readModels(file, options.directory, issues);
  const space = buildSpace(entries, constraintEntries(file), options.touched, issues);
  if (space === undefined) return undefined;
  const search = readSearch(file.search, space, entries, issues);
  if (!issues.empty || study === undefined) return undefined;
  return {
    name: file.name ?? options.name,
    seed: file.seed ?? 0,
    ...study,
    search,
    models,
    space,
    budget: readBudget(file.budget),
    source: options.source,
    directory: options.directory,
  };
}

type StudyKeys = 'data' | 'objective' | 'evaluation' | 'baseline';

function readDataStudy(
  file: SpaceFile,
  { directory }: BuildOptions,
  issues: IssueList,
): Pick<DataStudySpec, StudyKeys> | undefined {
  if (file.evaluation?.repeats !== undefined) {
    issues.add(
      ['evaluation', 'repeats'],
      'belongs to a study without data; with data it is evaluation.cv.repeats',
      'key',
    );
  }
  const data = readData(file.data, directory);
  const objective = readObjective(file.objective, issues);
  const evaluation = readEvaluation(file, issues);
  return data && { data, objective, evaluation, baseline: file.baseline ?? true };
}

const NEEDS_DATA = 'belongs to a study with data; add `data: {file, target}`, or leave it out';

/** Without data the models' own code gives the numbers. */
function readObjectiveStudy(file: SpaceFile, issues: IssueList): Pick<ObjectiveStudySpec, StudyKeys> | undefined {
  const models = [...(file.models?.values() ?? [])];
  // Where a model needs data, that is said there, and it is what is missing.
  if (models.some((model) => model.use !== undefined)) return undefined;
  if (file.objective === undefined)
    issues.add([], "needs the key 'objective': {metric: a name, goal: minimize}", 'key');
  for (const key of ['cv', 'holdout'] as const) {
    if (file.evaluation !== undefined && key in file.evaluation) issues.add(['evaluation', key], NEEDS_DATA, 'key');
  }
  if (file.preprocess !== undefined) issues.add(['preprocess'], NEEDS_DATA, 'key');
  if (file.baseline === true) issues.add(['baseline'], NEEDS_DATA, 'key');
  const objective = readOwnObjective(file.objective, issues);
  return objective && { objective, evaluation: { repeats: file.evaluation?.repeats ?? 1 }, baseline: false };
}

function readData(given: SpaceFile['data'], directory: string): DataSpec | undefined {
  if (given?.file === undefined || given.target === undefined) return undefined;
  const { file, target, exclude, types, ...rest } = given;
  return {
    ...withoutUndefined(rest),
    file: resolve(directory, file),
    target,
    exclude: (exclude ?? []).filter((column) => column !== undefined),
    types: Object.fromEntries(types ?? []),
  };
}

function readObjective(given: SpaceFile['objective'], issues: IssueList): ObjectiveSpec {
  const { metric: name, goal, target } = given ?? {};
  const metric = name === undefined ? undefined : knownMetric(name, ['objective', 'metric'], issues);
  given?.also?.forEach((other, i) => {
    if (other !== undefined) knownMetric(other, ['objective', 'also', i], issues);
  });
  const others = (given?.also ?? []).filter((other) => other !== undefined && other !== name);
  const rest = { ...withoutUndefined({ target }), also: [...new Set(others)] as string[] };
  if (metric === undefined) return { ...withoutUndefined({ goal }), ...rest };
  const problem = goalProblem(metric, goal);
  if (problem !== undefined) issues.add(['objective', 'goal'], problem);
  return { metric: metric.name, ...rest };
}

function knownMetric(name: string, path: Path, issues: IssueList): Metric | undefined {
  const metric = findMetric(name);
  if (metric !== undefined) return metric;
  const names = METRICS.map((known) => known.name);
  issues.add(path, `must be one of ${names.join(', ')}, got ${showValue(name)}${suggestName(name, names)}`);
  return undefined;
}

function readEvaluation(file: SpaceFile, issues: IssueList): EvaluationSpec {
  return { cv: readCv(file.evaluation?.cv ?? {}, file, issues), holdout: file.evaluation?.holdout ?? 0 };
}

/** `search` with its defaults. @param entries where the parameters stand. */
export function readSearch(
  given: SpaceFile['search'],
  space: Space,
  entries: readonly ParameterEntry[],
  issues: IssueList,
): SearchSpec {
  const method = given?.method ?? 'random';
  if (method === 'grid') {
    for (const { name, message } of space.gridProblems()) {
      issues.add(entries.find((entry) => entry.name === name)?.path ?? ['search', 'method'], message);
    }
  }
  const trials = given?.trials ?? (method === 'grid' ? undefined : 50);
  return {
    method: findSampler(method)?.name ?? method,
    ...withoutUndefined({ trials }),
    lag: given?.lag ?? 4,
    initial: readInitial(given?.initial ?? [], space, issues),
    defaults: given?.defaults ?? true,
    ...withoutUndefined({ pruning: readPruning(given?.pruning, issues) }),
  };
}

export function readBudget(given: SpaceFile['budget']): BudgetSpec {
  const { wall, trial, fold, memory, patience } = given ?? {};
  return withoutUndefined({ wallMs: wall, trialMs: trial, foldMs: fold, memoryBytes: memory, patience });
}

export function constraintEntries(file: Pick<SpaceFile, 'constraints' | 'models'>): ConstraintEntry[] {
  const entries: ConstraintEntry[] = [];
  const add = (texts: readonly (string | undefined)[] | undefined, path: Path, family?: string) => {
    texts?.forEach((text, i) => {
      if (text !== undefined) entries.push({ text, path: [...path, i], ...(family === undefined ? {} : { family }) });
    });
  };
  for (const [name, family] of file.models ?? []) add(family.constraints, ['models', name, 'constraints'], name);
  add(file.constraints, ['constraints']);
  return entries;
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

export function withoutUndefined<T extends object>(value: T): Partial<Defined<T>> {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as Partial<Defined<T>>;
}
