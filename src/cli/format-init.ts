import type { ModuleInitResult } from '../init/init-module.js';
import type { InitResult } from '../init/init-space-file.js';
import { shellWord } from '../shell-word.js';
import { visibleText } from '../visible-text.js';
import { shownPath } from './shown-path.js';

/** What was written and what to do next. */
export function formatInit(result: InitResult, shownFile: string): string {
  const guessed = result.target_guessed ? ' (guessed; --target names another)' : '';
  const lines = [
    result.module === undefined ? `Wrote ${shownFile}` : `Wrote ${shownFile} and ${shownPath(result.module)}`,
    '',
    `data     ${result.rows} rows, ${result.features} features`,
    `target   ${visibleText(result.target)}${guessed}: ${result.task}`,
    `metric   ${result.metric}`,
    `models   ${result.models.join(', ')}`,
  ];
  if (result.excluded.length > 0) {
    const names = result.excluded.map(({ name, reason }) => `${visibleText(name)} (${reason})`);
    lines.push(`excluded ${names.join(', ')}`);
  }
  for (const note of result.notes) lines.push(`note     ${visibleText(note)}`);
  const word = shellWord(shownFile);
  lines.push('', `Next: cml tune ${word} --trials 6, then without --trials. cml check ${word} explains it.`);
  return lines.join('\n');
}

/** The same for a module that is an objective. */
export function formatModuleInit({ file, module }: ModuleInitResult): string {
  const word = shellWord(shownPath(file));
  return [
    `Wrote ${shownPath(module)} and ${shownPath(file)}`,
    '',
    `Next: cml tune ${word} runs them as they are; then put your own code and parameters in.`,
  ].join('\n');
}
