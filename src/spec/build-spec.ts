import { resolve } from 'node:path';
import type { DataSpec } from '../data/data-spec.js';
import { findMetric } from '../metrics/index.js';
import { findSampler } from '../samplers/index.js';
import type { Space } from '../space/space.js';
import { goalProblem } from '../validation/objective.js';
import type { EvaluationSpec, ObjectiveSpec } from '../validation/plan-spec.js';
import { buildSpace, type ConstraintEntry } from './build-space.js';
import type { IssueList } from './issue-list.js';
import type { ParameterEntry } from './parameter-entry.js';
import type { Path } from './place.js';
import { readCv } from './read-cv.js';
import { readInitial } from './read-initial.js';
import { readModels } from './read-models.js';
import type { SpaceFile } from './space-file-shape.js';
import type { BudgetSpec, SearchSpec, Spec } from './spec.js';

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
  const data = readData(file.data, options.directory);
  const objective = readObjective(file.objective, issues);
  const evaluation = readEvaluation(file, issues);
  const { models, entries } = readModels(file, issues);
  const space = buildSpace(entries, constraintEntries(file), options.touched, issues);
  if (space === undefined) return undefined;
  const search = readSearch(file.search, space, entries, issues);
  if (!issues.empty || data === undefined) return undefined;
  return {
    name: file.name ?? options.name,
    seed: file.seed ?? 0,
    data,
    objective,
    evaluation,
    search,
    models,
    space,
    baseline: file.baseline ?? true,
    budget: readBudget(file.budget),
    source: options.source,
    directory: options.directory,
  };
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
  const metric = name === undefined ? undefined : findMetric(name);
  const others = (given?.also ?? []).filter((other) => other !== undefined && other !== name);
  const rest = { ...withoutUndefined({ target }), also: [...new Set(others)] as string[] };
  if (metric === undefined) return { ...withoutUndefined({ goal }), ...rest };
  const problem = goalProblem(metric, goal);
  if (problem !== undefined) issues.add(['objective', 'goal'], problem);
  return { metric: metric.name, ...rest };
}

function readEvaluation(file: SpaceFile, issues: IssueList): EvaluationSpec {
  return { cv: readCv(file.evaluation?.cv ?? {}, file, issues), holdout: file.evaluation?.holdout ?? 0 };
}

function readSearch(
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
    lag: given?.lag ?? 8,
    initial: readInitial(given?.initial ?? [], space, issues),
    defaults: given?.defaults ?? true,
  };
}

function readBudget(given: SpaceFile['budget']): BudgetSpec {
  const { wall, trial, fold, patience } = given ?? {};
  return withoutUndefined({ wallMs: wall, trialMs: trial, foldMs: fold, patience });
}

function constraintEntries(file: SpaceFile): ConstraintEntry[] {
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

function withoutUndefined<T extends object>(value: T): Partial<Defined<T>> {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as Partial<Defined<T>>;
}
