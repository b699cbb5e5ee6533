import { relative } from 'node:path';
import { shellWord } from '../shell-word.js';

/** Relative where that is shorter to type. */
export function shownPath(path: string): string {
  const shown = relative(process.cwd(), path);
  return shown === '' ? '.' : shown.startsWith('..') ? path : shown;
}

/** A run as it stands behind `cml resume`. */
export function runWord(folder: string): string {
  return shellWord(shownPath(folder));
}
