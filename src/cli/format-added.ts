import type { AddedTrial } from '../runs/add-trial.js';
import { visibleText } from '../visible-text.js';
import { wrapText } from '../wrap-text.js';
import { runWord } from './shown-path.js';

/** The whole configuration, and how to run it. */
export function formatAdded({ folder, study, trial, params, inCode }: AddedTrial, width: number): string {
  const values = Object.entries(params).map(
    ([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return [
    `Added to ${study} as trial ${trial}: ${visibleText(values.join(', '))}`,
    inCode ? 'Run it: with the program that began the run.' : `Run it: cml resume ${runWord(folder)}`,
  ]
    .flatMap((line) => wrapText(line, width))
    .join('\n');
}
