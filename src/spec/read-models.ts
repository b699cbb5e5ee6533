import { resolve } from 'node:path';
import {
  DEFAULT_PREPROCESSING,
  ENCODE_METHODS,
  IMPUTE_METHODS,
  type Preprocessing,
  SCALE_METHODS,
} from '../data/preprocessing-options.js';
import { suggestion } from '../nearest-name.js';
import { findTrainer } from '../trainers/index.js';
import type { Trainer } from '../trainers/trainer.js';
import type { UserCode } from '../validation/user-code.js';
import { checkCode } from './check-code.js';
import type { IssueList } from './issue-list.js';
import { type ReadParameter, readParameter } from './parameter-domain.js';
import type { Family, ParameterEntry } from './parameter-entry.js';
import type { ParameterNotation } from './parameter-shape.js';
import { familyPreprocessing, PREPROCESSING_KEYS, sharedPreprocessing } from './read-preprocessing.js';
import type { SpaceFile } from './space-file-shape.js';
import type { SpecModel } from './spec.js';
import { checkWithTrainer } from './trainer-rules.js';

export interface ReadModels {
  readonly models: readonly SpecModel[];
  /** In the file's order; `model` first. */
  readonly entries: readonly ParameterEntry[];
}

const MOST_MODELS = 100;
const RESERVED = ['model', 'preprocess'];

/**
 * Models, shared parameters and preprocessing as the parameters of one space.
 * @param directory absolute folder that relative paths start from.
 */
export function readModels(file: SpaceFile, directory: string, issues: IssueList): ReadModels {
  const given = [...(file.models ?? [])];
  if (given.length > MOST_MODELS) issues.add(['models'], `at most ${MOST_MODELS} models, got ${given.length}`);
  const families: Family[] = [];
  for (const [name, entry] of given.slice(0, MOST_MODELS)) {
    if (RESERVED.includes(name))
      issues.add(['models', name], `the name '${name}' is reserved; rename the model`, 'key');
    const own = entry.module !== undefined || entry.command !== undefined;
    families.push({ name, entry, own, trainer: entry.use === undefined ? undefined : findTrainer(entry.use) });
  }
  const entries: ParameterEntry[] = [modelParameter(families)];
  const preprocessed = file.data === undefined ? [] : families.filter((family) => family.entry.command === undefined);
  for (const key of Object.keys(file)) {
    if (key === 'preprocess')
      entries.push(...sharedPreprocessing(file.preprocess, preprocessed, families.length, issues));
    if (key === 'parameters') entries.push(...sharedParameters(file.parameters, families, issues));
    if (key === 'models') for (const family of families) entries.push(...familyParameters(family, issues));
  }
  if (!Object.hasOwn(file, 'preprocess')) {
    entries.push(...sharedPreprocessing(undefined, preprocessed, families.length, issues));
  }
  checkCode(families, file, entries, directory, issues);
  return { models: families.map((family) => modelSpec(family, file, directory)), entries };
}

function modelParameter(families: readonly Family[]): ParameterEntry {
  const names = families.map((family) => family.name);
  const choice = { kind: 'categorical', values: names, ordered: false } as const;
  const domain = names.length === 1 ? ({ kind: 'constant', value: names[0]! } as const) : choice;
  return { name: 'model', path: ['models'], read: { domain }, comparable: choice };
}

function sharedParameters(
  notations: ReadonlyMap<string, ParameterNotation> | undefined,
  families: readonly Family[],
  issues: IssueList,
): ParameterEntry[] {
  const entries: ParameterEntry[] = [];
  const incomplete = families.some((family) => family.trainer === undefined && !family.own);
  for (const [name, notation] of notations ?? []) {
    const path = ['parameters', name];
    let read = readParameter(notation, path, issues);
    if (RESERVED.includes(name) || families.some((family) => family.name === name)) {
      issues.add(path, `the name '${name}' is reserved beside models`, 'key');
      continue;
    }
    const having = families.filter(
      (family) => family.own || family.trainer?.parameters.some((parameter) => parameter.name === name),
    );
    if (having.length === 0 && !incomplete) {
      const known = families.flatMap((family) => family.trainer?.parameters.map((parameter) => parameter.name) ?? []);
      issues.add(path, `no model has such a parameter${suggestion(name, new Set(known))}`, 'key');
    }
    const receiving = having.filter((family) => !family.entry.parameters?.has(name));
    if (receiving.length === 0 && having.length > 0) {
      issues.warn(path, 'every model has its own; this one is not used');
      continue;
    }
    const seen = new Set<Trainer>();
    for (const { trainer } of receiving) {
      if (trainer === undefined || seen.has(trainer)) continue;
      seen.add(trainer);
      read = checked(read, trainer, name, path, issues);
    }
    const everywhere = receiving.length === families.length;
    entries.push({ name, path, read, ...(everywhere ? {} : { families: receiving.map((family) => family.name) }) });
  }
  return entries;
}

function familyParameters(family: Family, issues: IssueList): ParameterEntry[] {
  const { name: familyName, entry, trainer } = family;
  const entries: ParameterEntry[] = [];
  for (const key of Object.keys(entry)) {
    if (key === 'preprocess') {
      entries.push(...familyPreprocessing(familyName, entry.preprocess, issues));
    }
    if (key !== 'parameters') continue;
    for (const [name, notation] of entry.parameters ?? []) {
      const path = ['models', familyName, 'parameters', name];
      let read = readParameter(notation, path, issues);
      if (name === 'model') issues.add(path, "the name 'model' is reserved beside models", 'key');
      else if (trainer !== undefined) read = checked(read, trainer, name, path, issues);
      entries.push({ name: `${familyName}.${name}`, path, read, family: familyName, families: [familyName] });
    }
  }
  return entries;
}

function checked(
  read: ReadParameter,
  trainer: Trainer,
  name: string,
  path: readonly string[],
  issues: IssueList,
): ReadParameter {
  const description = trainer.parameters.find((parameter) => parameter.name === name);
  if (description !== undefined) return checkWithTrainer(read, trainer, description, path, issues);
  const known = trainer.parameters.map((parameter) => parameter.name);
  const advice = known.length === 0 ? ', which has no parameters' : suggestion(name, known);
  issues.add(path, `unknown parameter of ${trainer.name}${advice}`, 'key');
  return read;
}

function modelSpec(family: Family, file: SpaceFile, directory: string): SpecModel {
  const own = family.entry.preprocess;
  const notationOf = (key: keyof Preprocessing) => own?.[key] ?? file.preprocess?.[key];
  const searched: Partial<Record<keyof Preprocessing, string>> = {};
  for (const key of PREPROCESSING_KEYS) {
    const notation = notationOf(key);
    if (notation === undefined || notation.form === 'fixed') continue;
    searched[key] = own?.[key] === undefined ? `preprocess.${key}` : `${family.name}.preprocess.${key}`;
  }
  const { resources } = family.entry;
  return {
    name: family.name,
    ...source(family, directory),
    resources: {
      cpus: resources?.cpus ?? 1,
      gpus: resources?.gpus ?? 0,
      ...(resources?.memory !== undefined && { memoryBytes: resources.memory }),
    },
    preprocessing: {
      impute: fixedWord(IMPUTE_METHODS, notationOf('impute'), DEFAULT_PREPROCESSING.impute),
      encode: fixedWord(ENCODE_METHODS, notationOf('encode'), DEFAULT_PREPROCESSING.encode),
      scale: fixedWord(SCALE_METHODS, notationOf('scale'), DEFAULT_PREPROCESSING.scale),
    },
    searchedPreprocessing: searched,
  };
}

function source({ entry }: Family, directory: string): { readonly use: string } | { readonly code: UserCode } {
  if (entry.module !== undefined) return { code: { kind: 'module', file: resolve(directory, entry.module) } };
  if (entry.command === undefined) return { use: entry.use ?? '' };
  return { code: { kind: 'command', argv: entry.command.filter((element) => element !== undefined), directory } };
}

function fixedWord<T extends string>(words: readonly T[], notation: ParameterNotation | undefined, fallback: T): T {
  return (notation?.form === 'fixed' ? words.find((word) => word === notation.value) : undefined) ?? fallback;
}
