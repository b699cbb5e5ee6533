import {
  DEFAULT_PREPROCESSING,
  ENCODE_METHODS,
  IMPUTE_METHODS,
  type Preprocessing,
  SCALE_METHODS,
} from '../data/preprocessing-options.js';
import type { Domain } from '../space/parameter.js';
import type { IssueList } from './issue-list.js';
import { type ReadParameter, readParameter } from './parameter-domain.js';
import type { Family, ParameterEntry } from './parameter-entry.js';
import type { ParameterNotation } from './parameter-shape.js';
import { type Path, showValue } from './place.js';
import type { PreprocessEntry } from './space-file-shape.js';

export const PREPROCESSING_KEYS = ['impute', 'encode', 'scale'] as const;

const WORDS: Readonly<Record<keyof Preprocessing, readonly string[]>> = {
  impute: IMPUTE_METHODS,
  encode: ENCODE_METHODS,
  scale: SCALE_METHODS,
};

/**
 * The file's own preprocessing, active in the families that do not replace it.
 * @param families those that are preprocessed. @param count of all families.
 */
export function sharedPreprocessing(
  given: PreprocessEntry | undefined,
  families: readonly Family[],
  count: number,
  issues: IssueList,
): ParameterEntry[] {
  const entries: ParameterEntry[] = [];
  for (const key of keysInOrder(given)) {
    const notation = given?.[key];
    const path = ['preprocess', key];
    const entry = preprocessingEntry(`preprocess.${key}`, key, notation, path, issues);
    const using = families.filter((family) => family.entry.preprocess?.[key] === undefined);
    if (using.length === 0 && count > 0) {
      if (notation !== undefined) issues.warn(path, 'no model uses it: each has its own, or none');
      continue;
    }
    const everywhere = using.length === count;
    entries.push({ ...entry, ...(everywhere ? {} : { families: using.map((family) => family.name) }) });
  }
  return entries;
}

/** What a family has instead. */
export function familyPreprocessing(
  family: string,
  given: PreprocessEntry | undefined,
  issues: IssueList,
): ParameterEntry[] {
  const entries: ParameterEntry[] = [];
  for (const key of keysInOrder(given)) {
    const notation = given?.[key];
    if (notation === undefined) continue;
    const path = ['models', family, 'preprocess', key];
    const entry = preprocessingEntry(`${family}.preprocess.${key}`, key, notation, path, issues);
    entries.push({ ...entry, family, families: [family] });
  }
  return entries;
}

/** The keys given, in the file's order, then the others. */
function keysInOrder(given: PreprocessEntry | undefined): readonly (keyof Preprocessing)[] {
  const order = Object.keys(given ?? {});
  const position = (key: string) => (order.includes(key) ? order.indexOf(key) : PREPROCESSING_KEYS.length);
  return [...PREPROCESSING_KEYS].sort((a, b) => position(a) - position(b));
}

function preprocessingEntry(
  name: string,
  key: keyof Preprocessing,
  notation: ParameterNotation | undefined,
  path: Path,
  issues: IssueList,
): ParameterEntry {
  if (notation === undefined || notation.form === 'fixed') {
    const value = notation?.value ?? DEFAULT_PREPROCESSING[key];
    const comparable: Domain = { kind: 'categorical', values: WORDS[key], ordered: false };
    return { name, path, read: { domain: { kind: 'constant', value } }, onlyIfRead: true, comparable };
  }
  const read = readParameter(notation, path, issues);
  return { name, path, read: notation.form === 'short' ? onlyWords(read, WORDS[key], path, issues) : read };
}

/** The words of a short form; those of the long form have been checked where they stand. */
function onlyWords(read: ReadParameter, words: readonly string[], path: Path, issues: IssueList): ReadParameter {
  const { domain } = read;
  if (domain === undefined) return read;
  const values =
    domain.kind === 'constant' ? [domain.value] : domain.kind === 'categorical' ? domain.values : undefined;
  const wrong = values?.find((value) => !words.some((word) => word === value));
  if (values !== undefined && wrong === undefined) return read;
  const got = values === undefined ? 'a range' : showValue(wrong);
  issues.add(path, `must choose from ${words.join(', ')}, got ${got}`);
  return {};
}
