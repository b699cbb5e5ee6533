import type { InitResult } from '../init/init-space-file.js';
import { visibleText } from '../visible-text.js';

/** What was written and what to do next. */
export function formatInit(result: InitResult, shownFile: string): string {
  const guessed = result.target_guessed ? ' (guessed; --target names another)' : '';
  const lines = [
    `Wrote ${shownFile}`,
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
  lines.push('', `Next: cml tune ${shownFile} --trials 6, then without --trials. cml check ${shownFile} explains it.`);
  return lines.join('\n');
}
