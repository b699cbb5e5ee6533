import { join } from 'node:path';
import type { TrainerParams } from '../../src/trainers/trainer.js';
import { printTable } from '../measure.js';
import { runProcess } from './process-tree.js';

/** What `fit-large` prints. */
export interface LargeReport {
  /** Of binning and fitting. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly binnedBytes: number;
  /** Most memory over that with the dataset loaded, binned data and trees included. */
  readonly extraBytes: number;
  readonly treeBytes: number;
}

const FITS: readonly (readonly [string, TrainerParams])[] = [
  ['random-forest', { n_estimators: 20 }],
  ['gradient-boosting', { max_iter: 50, early_stopping: false }],
];

/** Time and memory of fits on many rows. */
export async function printLargeTable(root: string): Promise<void> {
  const rows: string[][] = [];
  for (const [trainer, params] of FITS) {
    console.error(`${trainer} on 1,000,000 x 20`);
    const script = join(root, 'dist/bench/trainers/fit-large.js');
    const run = await runProcess(process.execPath, ['--expose-gc', script, trainer, JSON.stringify(params)], root);
    const report: LargeReport = JSON.parse(run.output);
    const { binnedBytes, extraBytes, treeBytes, cpuSeconds, wallSeconds } = report;
    const mebibytes = (bytes: number) => (bytes / 2 ** 20).toFixed(0);
    rows.push([
      `${trainer} ${JSON.stringify(params)}`,
      cpuSeconds.toFixed(1),
      wallSeconds.toFixed(1),
      mebibytes(binnedBytes),
      mebibytes(treeBytes),
      mebibytes(extraBytes),
      ((extraBytes - treeBytes) / binnedBytes).toFixed(2),
    ]);
  }
  printTable(
    '1,000,000 x 20, two classes: binning and fit, memory over the loaded data',
    ['trainer', 'CPU s', 's', 'binned MiB', 'trees MiB', 'extra MiB', 'extra without trees / binned'],
    rows,
  );
}
