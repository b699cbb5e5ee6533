import { SpaceFileError, UsageError } from '../errors.js';
import { suggestion } from '../nearest-name.js';
import { isMap } from './collection-shapes.js';
import { parseYaml } from './parse-yaml.js';
import { formatPath, type Path } from './place.js';
import type { SpaceDocument } from './space-document.js';

/** A value set from the command line. */
export interface Override {
  /** Keys and list indices, dotted: `models.svm.parameters.C.max`, `search.initial.0`. */
  readonly path: string;
  /** YAML. */
  readonly value: string;
  /** How the user gave it, for messages; default: `--set path`. */
  readonly origin?: string;
}

/**
 * The document with values set, not yet checked; what concerns them is then placed where they come from. Null removes
 * what cannot be null: a model, the type of a column. A parameter can be null, and is set to it.
 * @throws UsageError for a path or a value that cannot be.
 */
export function applyOverrides(document: SpaceDocument, overrides: readonly Override[]): SpaceDocument {
  if (overrides.length === 0) return document;
  let data = document.data;
  const applied: { readonly path: Path; readonly origin: string }[] = [];
  for (const override of overrides) {
    const path = overridePath(data, override.path);
    const value = readValue(override);
    data =
      value === null && isNamed(path)
        ? without(data, path, override.path)
        : withValue(data, path, value, override.path);
    applied.push({ path, origin: override.origin ?? `--set ${formatPath(path)}` });
  }
  return {
    data,
    issues: document.issues,
    place(path, part) {
      const set = applied.find(
        (candidate) =>
          startsWith(path, candidate.path) || (startsWith(candidate.path, path) && !has(document.data, path)),
      );
      return set === undefined ? document.place(path, part) : { file: set.origin };
    },
  };
}

/** Whether the value at a path was set, or part of it. */
export function isOverridden(overrides: readonly Override[], path: Path): boolean {
  const text = `${formatPath(path)}.`;
  return overrides.some((override) => `${override.path}.`.startsWith(text) || text.startsWith(`${override.path}.`));
}

function startsWith(path: Path, prefix: Path): boolean {
  return prefix.length <= path.length && prefix.every((part, i) => part === path[i]);
}

function has(data: unknown, path: Path): boolean {
  let value = data;
  for (const part of path) {
    if (Array.isArray(value) && typeof part === 'number' && part < value.length) value = value[part];
    else if (isMap(value) && typeof part === 'string' && Object.hasOwn(value, part)) value = value[part];
    else return false;
  }
  return true;
}

/** Splits at dots; a key that holds dots itself (`svm.C` in `search.initial`) is found where it exists. */
function overridePath(data: unknown, text: string): Path {
  const parts = text.replaceAll(/\[(\d+)\]/g, '.$1').split('.');
  const path: (string | number)[] = [];
  let value = data;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    const rest = parts.slice(i).join('.');
    if (part === '' || part === '__proto__')
      throw new UsageError(`--set ${text}: '${part}' cannot be a key`, { hint: HINT });
    if (Array.isArray(value) && /^\d+$/.test(part)) {
      path.push(Number(part));
      value = value[Number(part)];
    } else if (isMap(value) && Object.hasOwn(value, rest)) {
      path.push(rest);
      break;
    } else {
      path.push(part);
      value = isMap(value) && Object.hasOwn(value, part) ? value[part] : undefined;
    }
  }
  return path;
}

const HINT = 'a path is keys joined by dots, such as --set search.trials=50';

function readValue(override: Override): unknown {
  const file = override.origin ?? `--set ${override.path}`;
  if (override.value.trim() === '') return null;
  try {
    const document = parseYaml(override.value, file);
    const issue = document.issues[0];
    if (issue === undefined) return document.data;
    throw new UsageError(`${file}: ${issue.message}`, { hint: HINT });
  } catch (error) {
    if (!(error instanceof SpaceFileError)) throw error;
    throw new UsageError(`${file}: ${error.issues[0]?.message ?? error.message}`, {
      hint: 'the value is YAML',
      cause: error,
    });
  }
}

/** What stands under a name of the user's own and can never be null: a model, the type of a column. */
function isNamed(path: Path): boolean {
  return (
    (path.length === 2 && path[0] === 'models') || (path.length === 3 && path[0] === 'data' && path[1] === 'types')
  );
}

function without(data: unknown, path: Path, text: string): unknown {
  const [part, ...rest] = path;
  const key = String(part);
  const inner = isMap(data) && Object.hasOwn(data, key) ? data : undefined;
  if (inner === undefined) {
    throw new UsageError(
      `--set ${text}: there is nothing to remove${suggestion(key, isMap(data) ? Object.keys(data) : [])}`,
    );
  }
  if (rest.length > 0) return { ...inner, [key]: without(inner[key], rest, text) };
  const { [key]: _, ...kept } = inner;
  return kept;
}

function withValue(data: unknown, path: Path, value: unknown, text: string): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return value;
  if (typeof part === 'number' && Array.isArray(data)) {
    if (part > data.length) {
      throw new UsageError(`--set ${text}: the list has ${data.length} elements, none at ${part}`, { hint: HINT });
    }
    const copy = [...data];
    copy[part] = withValue(data[part], rest, value, text);
    return copy;
  }
  const key = String(part);
  if (data === undefined || data === null) return { [key]: withValue(undefined, rest, value, text) };
  if (isMap(data)) {
    const inner = Object.hasOwn(data, key) ? data[key] : undefined;
    return { ...data, [key]: withValue(inner, rest, value, text) };
  }
  throw new UsageError(
    `--set ${text}: '${key}' cannot be set in ${Array.isArray(data) ? 'a list (use an index)' : 'a plain value'}`,
    {
      hint: `set what stands above '${key}' as a whole, e.g. --set 'a.b={min: 1, max: 5}'`,
    },
  );
}
