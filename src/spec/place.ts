/** Keys and list indices from the root of a space file to one of its values. */
export type Path = readonly (string | number)[];

export type PathPart = 'key' | 'value';

/** Where something stands, as far as known. Lines and columns are 1-based. */
export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** `search.initial[0].svm.C` */
export function formatPath(path: Path): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else text += text === '' ? shownKey(part) : `.${shownKey(part)}`;
  }
  return text;
}

/** A key of a broken file can be anything: shortened, and quoted where it could not be read otherwise. */
function shownKey(key: string): string {
  const short = key.length > 60 ? `${key.slice(0, 60)}…` : key;
  return /^[^\s'"]+$/.test(short) ? short : JSON.stringify(short);
}

/** How a value is shown in `got …`: scalars as YAML would write them, shortened. */
export function showValue(value: unknown): string {
  if (value === null) return 'nothing (null)';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value !== 'string') return String(value);
  return value.length > 60 ? `'${value.slice(0, 60)}…'` : `'${value}'`;
}
