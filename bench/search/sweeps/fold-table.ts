import { readFileSync, writeFileSync } from 'node:fs';
import { Random } from '../../../src/random.js';

const FOLDS = 5;

/** Copies a CSV file with one more column, `fold`: five folds of shuffled rows, as even as can be. */
export function writeFoldTable(from: string, to: string): void {
  const [header, ...rows] = readFileSync(from, 'utf8').trimEnd().split(/\r?\n/);
  const folds = new Random(0, 'folds').shuffle(Array.from(rows, (_, row) => row % FOLDS));
  writeFileSync(to, `${[`${header},fold`, ...rows.map((row, i) => `${row},${folds[i]}`)].join('\n')}\n`);
}
