import type { ImportResult } from '../import/import-file.js';
import { shellWord } from '../shell-word.js';
import { wrapText } from '../wrap-text.js';
import { counted } from './counted.js';
import { shownPath } from './shown-path.js';

/** What was written, how much of it needs a look, and what to do next. */
export function formatImport({ file, format, method, parameters, notes }: ImportResult, width: number): string {
  const word = shellWord(shownPath(file));
  const differ = notes.length === 0 ? '' : `; what is different stands in it (${counted(notes.length, 'note')})`;
  return [
    `Wrote ${shownPath(file)} from ${format}: ${counted(parameters.length, 'parameter')}, method ${method}${differ}.`,
    `Next: let the program print its metric as a last line of JSON, then cml check ${word}`,
  ]
    .flatMap((line) => wrapText(line, width))
    .join('\n');
}
