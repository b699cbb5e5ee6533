import { join } from 'node:path';
import { median, printTable } from '../measure.js';
import type { BenchData } from './bench-data.js';
import { tune, writeFoldTable } from './tune-process.js';

const ROUNDS = 3;
const PARAMETERS = {
  n_estimators: 200,
  max_features: { values: [0.2, 0.4, 0.6, 0.8] },
  min_samples_leaf: { values: [1, 2, 5, 10, 20] },
};

/** One sweep of random-forest with one worker and with two, in turn: as whole processes, start-up and reading included. */
export async function printSpeedUp(data: readonly BenchData[], root: string, folder: string): Promise<void> {
  const rows: string[][] = [];
  for (const table of data.filter(({ name }) => name === 'digits' || name === 'churn')) {
    const file = join(folder, `${table.name}-speed-up.csv`);
    await writeFoldTable(file, table);
    const seconds: number[][] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      for (const [place, workers] of [1, 2].entries()) {
        console.error(`speed-up on ${table.name}, round ${round + 1}, ${workers} workers`);
        const run = await tune({ root, folder, file, trainer: 'random-forest', parameters: PARAMETERS, workers });
        seconds[place]!.push(run.wallMs / 1000);
      }
    }
    const [one, two] = [median(seconds[0]!), median(seconds[1]!)];
    rows.push([table.name, one.toFixed(2), two.toFixed(2), (one / two).toFixed(2)]);
  }
  const title = `A sweep of random-forest, 20 trials x 5 folds, with one and with two workers (median of ${ROUNDS})`;
  printTable(title, ['data', '1 worker s', '2 workers s', 'speed-up'], rows);
}
