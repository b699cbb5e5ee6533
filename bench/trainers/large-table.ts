import { join } from 'node:path';
import type { TaskKind } from '../../src/task-kind.js';
import type { TrainerParams } from '../../src/trainers/trainer.js';
import { printTable } from '../measure.js';
import { runProcess } from './run-process.js';

/** What `fit-large` is asked for, as JSON. */
export interface LargeFit {
  readonly trainer: string;
  readonly params: TrainerParams;
  readonly task: TaskKind;
  readonly rows: number;
  readonly columns: number;
}

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

const FOREST = { trainer: 'random-forest', params: { n_estimators: 20 }, rows: 1_000_000, columns: 20 };
const BOOSTING = {
  trainer: 'gradient-boosting',
  params: { max_iter: 50, early_stopping: false },
  rows: 1_000_000,
  columns: 20,
};
const FITS: readonly LargeFit[] = [
  { ...FOREST, task: 'classification' },
  { ...FOREST, task: 'regression' },
  { ...BOOSTING, task: 'classification' },
  { ...BOOSTING, task: 'regression' },
  { ...FOREST, task: 'classification', params: { n_estimators: 3 }, rows: 10_000_000, columns: 5 },
];

/** Time and memory of fits on many rows. */
export async function printLargeTable(root: string): Promise<void> {
  const rows: string[][] = [];
  for (const fit of FITS) {
    const shape = `${fit.rows.toLocaleString('en')} x ${fit.columns}`;
    console.error(`${fit.trainer}, ${fit.task} on ${shape}`);
    const script = join(root, 'dist/bench/trainers/fit-large.js');
    const run = await runProcess(process.execPath, ['--expose-gc', script, JSON.stringify(fit)], root);
    const report: LargeReport = JSON.parse(run.output);
    const { binnedBytes, extraBytes, treeBytes, cpuSeconds, wallSeconds } = report;
    const mebibytes = (bytes: number) => (bytes / 2 ** 20).toFixed(0);
    const withoutTrees = extraBytes - treeBytes;
    rows.push([
      `${fit.trainer} ${JSON.stringify(fit.params)}`,
      fit.task,
      shape,
      cpuSeconds.toFixed(1),
      wallSeconds.toFixed(1),
      mebibytes(binnedBytes),
      mebibytes(treeBytes),
      mebibytes(extraBytes),
      (withoutTrees / fit.rows).toFixed(0),
      `${(withoutTrees / binnedBytes).toFixed(2)}x`,
    ]);
  }
  printTable(
    'Many rows: time of binning and fit; most memory over the loaded data (extra); that with the bins and without the trees, in bytes a row and as a multiple of the bins',
    ['trainer', 'task', 'table', 'CPU s', 's', 'bins MiB', 'trees MiB', 'extra MiB', 'bytes a row', 'to the bins'],
    rows,
  );
}
