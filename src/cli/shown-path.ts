import { relative } from 'node:path';

/** Relative where that is shorter to type. */
export function shownPath(path: string): string {
  const shown = relative(process.cwd(), path);
  return shown === '' ? '.' : shown.startsWith('..') ? path : shown;
}

/** What every shell takes as one word. */
const PLAIN = /^[\w./\\:@%+=,~-]+$/;

/** A path or name as a word of a command, quoted where a shell would take it apart. */
export function shellWord(text: string): string {
  if (PLAIN.test(text)) return text;
  return /["$`\\!]/.test(text) ? `'${text.replaceAll("'", String.raw`'\''`)}'` : `"${text}"`;
}

/** A run as it stands behind `cml resume`. */
export function runWord(folder: string): string {
  return shellWord(shownPath(folder));
}
