import { join } from 'node:path';
import type { ParameterValue } from '../../src/trial.js';
import { median, printTable } from '../measure.js';
import type { BenchData } from './bench-data.js';
import { type ProcessRun, runProcess } from './run-process.js';
import { printSpeedUp } from './speed-up.js';
import type { Subject } from './subjects.js';
import { SWEEP_GRIDS, type SweepGrid } from './sweep-grids.js';
import { tune, writeFoldTable } from './tune-process.js';
import { printWorkerMemory } from './worker-memory.js';

const TABLES: readonly string[] = ['digits', 'churn'];
const ROUNDS = 3;
const ONE_THREAD = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };

/** Whole sweeps as processes, start-up included: `cml tune` beside GridSearchCV on the same grid and folds. */
export async function printSweepTables(
  subjects: readonly Subject[],
  data: readonly BenchData[],
  root: string,
  folder: string,
  python: string | undefined,
): Promise<void> {
  const rows: string[][] = [];
  for (const trainer of new Set(subjects.map((subject) => subject.trainer))) {
    const grid = SWEEP_GRIDS[trainer];
    if (grid === undefined) continue;
    for (const table of data.filter(({ name }) => TABLES.includes(name))) {
      console.error(`sweep of ${trainer} on ${table.name}`);
      const file = join(folder, `${table.name}-folds.csv`);
      await writeFoldTable(file, table);
      rows.push([trainer, table.name, ...(await compare(trainer, grid, file, root, folder, python))]);
    }
  }
  const title = `Whole sweeps, 2 workers, start-up included (median of ${ROUNDS}); peak memory with all processes`;
  const peer = ['GridSearchCV s', 'ratio', 'best', 'peer best', 'MiB', 'peer MiB'];
  printTable(title, ['trainer', 'data', 'fits', 'cml s', ...peer], rows);
  await printSpeedUp(data, root, folder);
  await printWorkerMemory(root, folder);
}

async function compare(
  trainer: string,
  grid: SweepGrid,
  file: string,
  root: string,
  folder: string,
  python: string | undefined,
): Promise<string[]> {
  const own: ProcessRun[] = [];
  const other: ProcessRun[] = [];
  const script = join(root, 'bench/trainers/grid_search.py');
  for (let round = 0; round < ROUNDS; round++) {
    own.push(await tune({ root, folder, file, trainer, parameters: gridParameters(grid), workers: 2 }));
    if (python !== undefined) {
      other.push(await runProcess(python, [script, file, trainer, JSON.stringify(grid)], folder, ONE_THREAD));
    }
  }
  const fits = 5 * Object.values(grid).reduce((product, values) => product * values.length, 1);
  const seconds = (runs: readonly ProcessRun[]) => median(runs.map(({ wallMs }) => wallMs)) / 1000;
  const mebibytes = (runs: readonly ProcessRun[]) =>
    (Math.max(...runs.map(({ peakBytes }) => peakBytes)) / 2 ** 20).toFixed(0);
  const best: number = JSON.parse(own[0]!.output).rows[0].score;
  const row = [`${fits}`, seconds(own).toFixed(2)];
  if (other.length === 0) return [...row, '', '', best.toFixed(4), '', mebibytes(own), ''];
  const peerBest: number = JSON.parse(other[0]!.output).score;
  return [
    ...row,
    seconds(other).toFixed(2),
    (seconds(own) / seconds(other)).toFixed(2),
    best.toFixed(4),
    peerBest.toFixed(4),
    mebibytes(own),
    mebibytes(other),
  ];
}

function gridParameters(grid: SweepGrid): Readonly<Record<string, { values: readonly ParameterValue[] }>> {
  return Object.fromEntries(Object.entries(grid).map(([name, values]) => [name, { values }]));
}
