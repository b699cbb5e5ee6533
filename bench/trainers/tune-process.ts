import { createWriteStream, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { HOLDOUT_SPLIT } from './bench-data.js';
import type { MatrixFile } from './matrix-file.js';
import { type ProcessRun, runProcess } from './run-process.js';

export interface TuneRun {
  readonly root: string;
  readonly folder: string;
  /** As `writeFoldTable` wrote it. */
  readonly file: string;
  readonly trainer: string;
  /** As in a space file. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly workers: number;
}

/** `cml tune` over a grid with the folds of the file. */
export function tune({ root, folder, file, trainer, parameters, workers }: TuneRun): Promise<ProcessRun> {
  const space = {
    version: 1,
    name: 'sweep',
    data: { file, target: 'y', task: 'classification' },
    objective: { metric: 'accuracy' },
    preprocess: { scale: 'none' },
    evaluation: { cv: { kind: 'predefined', column: 'fold' } },
    search: { method: 'grid' },
    models: { swept: { use: trainer, parameters } },
    baseline: false,
  };
  // JSON is YAML.
  writeFileSync(join(folder, 'sweep.yaml'), JSON.stringify(space));
  rmSync(join(folder, 'sweep'), { recursive: true, force: true });
  const args = ['tune', 'sweep.yaml', '--json', '--out', 'sweep', '--workers', `${workers}`];
  return runProcess(process.execPath, [join(root, 'bin/run.js'), ...args], folder);
}

/** Columns x0 …, fold, y; the folds are those of seed 0. */
export async function writeFoldTable(path: string, { features, target, splits }: MatrixFile): Promise<void> {
  const folds = splits[HOLDOUT_SPLIT + 1]!;
  const { columns, data } = features;
  const stream = createWriteStream(path);
  stream.write(`${Array.from({ length: columns }, (_, column) => `x${column}`).join(',')},fold,y\n`);
  for (let row = 0; row < features.rows; row++) {
    const cells = data.subarray(row * columns, (row + 1) * columns).join(',');
    stream.write(`${cells},${folds[row]},${target[row]}\n`);
  }
  stream.end();
  await finished(stream);
}
