import { join } from 'node:path';
import { DEFAULT_PREPROCESSING } from '../../src/data/preprocessing-options.js';
import { fitPreprocessor } from '../../src/data/preprocessor.js';
import { printTable } from '../measure.js';
import { syntheticDataset } from './synthetic-dataset.js';
import { tune, writeFoldTable } from './tune-process.js';

const ROWS = 200_000;
const COLUMNS = 30;
const FOLDS = 4;
const DATA_MIB = (ROWS * COLUMNS * Float64Array.BYTES_PER_ELEMENT) / 2 ** 20;

/** Peak memory of one sweep by the number of its workers, which share one copy of the dataset. */
export async function printWorkerMemory(root: string, folder: string): Promise<void> {
  const dataset = syntheticDataset(ROWS, COLUMNS, 'classification');
  const all = Int32Array.from({ length: ROWS }, (_, row) => row);
  const features = fitPreprocessor(dataset, all, { ...DEFAULT_PREPROCESSING, scale: 'none' }).transform(all);
  const folds = Float64Array.from(all, (row) => row % FOLDS);
  const file = join(folder, 'workers.csv');
  await writeFoldTable(file, { features, target: dataset.target.values, classCount: 2, splits: [folds, folds] });
  const parameters = { n_estimators: 20, min_samples_leaf: { values: [1, 5, 20] } };
  const rows: string[][] = [];
  for (const workers of [1, 2, 4]) {
    console.error(`memory with ${workers} workers`);
    const run = await tune({ root, folder, file, trainer: 'random-forest', parameters, workers });
    const mebibytes = [run.peakBytes, run.laterPeakBytes].map((bytes) => (bytes / 2 ** 20).toFixed(0));
    rows.push([`${workers}`, ...mebibytes, (run.wallMs / 1000).toFixed(2)]);
  }
  const title = `Peak memory of a sweep of random-forest on ${ROWS} x ${COLUMNS} (${DATA_MIB.toFixed(0)} MiB of numbers)`;
  printTable(title, ['workers', 'peak MiB', 'peak MiB of the second half, data read', 's'], rows);
}
