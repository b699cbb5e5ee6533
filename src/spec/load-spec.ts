import { readFile, stat } from 'node:fs/promises';
import { dirname, parse, resolve } from 'node:path';
import type { Issue } from '../errors.js';
import { spaceFileError } from '../errors.js';
import { applyOverrides, isOverridden, type Override } from './apply-overrides.js';
import { buildSpec } from './build-spec.js';
import { isMap } from './collection-shapes.js';
import { IssueList } from './issue-list.js';
import { parseYaml, refuseSize } from './parse-yaml.js';
import type { formatPath } from './place.js';
import type { SpaceDocument } from './space-document.js';
import { SPACE_FILE } from './space-file-shape.js';
import type { Spec } from './spec.js';

export interface LoadedSpec {
  readonly spec: Spec;
  /** What was accepted and should be written otherwise. */
  readonly warnings: readonly Issue[];
}

export interface SpecOptions {
  /** Absolute folder that relative paths start from. */
  readonly directory: string;
  /** The study's name where the file gives none. */
  readonly name: string;
  readonly overrides?: readonly Override[];
}

/**
 * Reads and checks a space file. It does not look at the data.
 * @throws SpaceFileError with every issue at once, also for a file that cannot be read.
 * @throws UsageError for an override that cannot be applied.
 */
export async function loadSpec(file: string, overrides: readonly Override[] = []): Promise<LoadedSpec> {
  const path = resolve(file);
  const text = await readSpaceFile(path, file);
  return parseSpec(text, { file, directory: dirname(path), name: parse(path).name, overrides });
}

/** The same for a text. @param options.file the name shown in messages. */
export function parseSpec(text: string, options: SpecOptions & { readonly file: string }): LoadedSpec {
  const document = applyOverrides(parseYaml(text, options.file), options.overrides ?? []);
  return readSpec(document, options.file, options);
}

/** The same for plain data, such as `Spec.source` in a journal; issues have no line then. */
export function specFromObject(source: object, options: SpecOptions): LoadedSpec {
  const plain: SpaceDocument = { data: source, issues: [], place: () => ({}) };
  return readSpec(applyOverrides(plain, options.overrides ?? []), 'the space', options);
}

function readSpec(document: SpaceDocument, file: string, options: SpecOptions): LoadedSpec {
  const issues = new IssueList(document.place, document.issues);
  const checked = SPACE_FILE.check(document.data, [], issues);
  const source = isMap(document.data) ? document.data : {};
  const touched = (path: Parameters<typeof formatPath>[0]) => isOverridden(options.overrides ?? [], path);
  const spec = checked === undefined ? undefined : buildSpec(checked, { ...options, source, touched }, issues);
  issues.throwIfAny(file);
  if (spec === undefined) throw new Error('a space file without issues has a spec');
  return { spec, warnings: issues.warnings };
}

async function readSpaceFile(path: string, shown: string): Promise<string> {
  try {
    const { size } = await stat(path);
    refuseSize(size, shown);
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
  } catch (error) {
    const message = unreadable(error);
    if (message === undefined) throw error;
    throw spaceFileError(shown, [{ path: '', message, file: shown }]);
  }
}

function unreadable(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  switch (error.code) {
    case 'ENOENT':
      return 'no such file; `cml init data.csv` writes one';
    case 'EISDIR':
      return 'is a folder; give the space file in it';
    case 'EACCES':
    case 'EPERM':
      return 'may not be read; check its permissions';
    case 'ENOTDIR':
      return 'no such file: part of the path is a file, not a folder';
    case 'ERR_ENCODING_INVALID_ENCODED_DATA':
      return 'is not UTF-8 text; is it the data file?';
    default:
      return undefined;
  }
}
