import { isAbsolute, relative, resolve, sep } from 'node:path';
import { stringify } from 'yaml';
import { UsageError } from '../errors.js';
import { familyOf, preprocessingKey, shortName } from '../parameter-name.js';
import type { StoredRun } from '../runs/read-run.js';
import type { ParameterValue } from '../trial.js';

type PlainObject = Readonly<Record<string, unknown>>;

/**
 * The space file of a run with its leading trial only: that model, its parameters and its preprocessing fixed, nothing
 * to search. On the same data and folds it scores what the trial scored.
 * @param directory where it will stand: relative paths start from there.
 * @throws UsageError where there is no trial to take, or no space file.
 */
export function bestSpace({ identity, state, folder }: StoredRun, directory: string): PlainObject {
  const { best } = state;
  if (best === undefined) throw new UsageError(`--best: no trial has completed yet (${folder})`);
  const { source } = identity;
  const name = String(best.params.model);
  const model = child(child(source, 'models'), name);
  if (Object.keys(model).length === 0) {
    throw new UsageError(`--best: the objective of this run is code, there is no space file of it (${folder})`);
  }
  const path = (file: unknown) => relocated(String(file), identity.directory, directory);
  const data = child(source, 'data');
  const preprocess = preprocessOf(source, model, best.params);
  const parameters = Object.entries(best.params)
    .filter(([full]) => full !== 'model' && preprocessingKey(full) === undefined)
    .map(([full, value]) => [familyOf(full) === name ? shortName(full) : full, fixed(value)]);
  return {
    ...pick(source, ['version', 'seed']),
    ...(source.data === undefined ? {} : { data: { ...data, file: path(data.file) } }),
    ...pick(source, ['objective']),
    ...(Object.keys(preprocess).length === 0 ? {} : { preprocess }),
    ...pick(source, ['evaluation', 'baseline']),
    search: { trials: 1 },
    models: {
      [name]: {
        ...pick(model, ['use', 'command', 'resources']),
        ...(model.module === undefined ? {} : { module: path(model.module) }),
        ...(parameters.length === 0 ? {} : { parameters: Object.fromEntries(parameters) }),
      },
    },
  };
}

/** As YAML, without a line break at its end. */
export function spaceText(space: PlainObject): string {
  // Readers of YAML 1.1 take Yes and no for booleans: such texts are quoted.
  return stringify(space, { compat: 'yaml-1.1' }).trimEnd();
}

/** What the file and the model fix, and what the trial chose. A program of the user's own gets the data as they are. */
function preprocessOf(source: PlainObject, model: PlainObject, params: PlainObject): PlainObject {
  if (model.command !== undefined) return {};
  const chosen = Object.entries(params).flatMap(([name, value]) => {
    const key = preprocessingKey(name);
    return key === undefined ? [] : [[key, value]];
  });
  return { ...child(source, 'preprocess'), ...child(model, 'preprocess'), ...Object.fromEntries(chosen) };
}

/** A list stands for itself only as the single value of a choice. */
function fixed(value: ParameterValue): unknown {
  return Array.isArray(value) ? { values: [value] } : value;
}

function relocated(file: string, from: string, to: string): string {
  if (isAbsolute(file)) return file;
  const moved = relative(to, resolve(from, file)).replaceAll(sep, '/');
  // A module's path is told from a package's name by its beginning.
  return file.startsWith('.') && !moved.startsWith('.') ? `./${moved}` : moved;
}

function child(parent: PlainObject, key: string): PlainObject {
  const value = parent[key];
  return typeof value === 'object' && value !== null ? (value as PlainObject) : {};
}

function pick(source: PlainObject, keys: readonly string[]): PlainObject {
  return Object.fromEntries(keys.filter((key) => source[key] !== undefined).map((key) => [key, source[key]]));
}
