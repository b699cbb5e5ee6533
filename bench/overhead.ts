import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interleave, printTable, timeProcess } from './measure.js';

/** Benches are npm scripts: they run in the project's folder. */
const ROOT = process.cwd();
const TRIALS = 1000;
const FOLDS = 5;

const SPACE = `version: 1
name: overhead
data: {file: ${JSON.stringify(join(ROOT, 'search-spaces/data/iris.csv'))}, target: species}
evaluation: {cv: {kind: stratified, folds: ${FOLDS}}}
search: {method: random, trials: ${TRIALS}}
models:
  knn:
    use: knn
    parameters:
      n_neighbors: int(1, 50)
      weights: {values: [uniform, distance]}
      p: uniform(1, 3)
`;

/** How many folds a second the engine gets through when the fits cost next to nothing; every result is durable. */
export function benchOverhead(): void {
  const folder = mkdtempSync(join(tmpdir(), 'cml-bench-'));
  try {
    writeFileSync(join(folder, 'space.yaml'), SPACE);
    const cml = join(ROOT, 'bin/run.js');
    const tune = (workers: number, trials: number) => () => {
      const out = join(folder, `run-${workers}-${trials}`);
      rmSync(out, { recursive: true, force: true });
      const args = [
        cml,
        'tune',
        'space.yaml',
        '--quiet',
        '--out',
        out,
        '--trials',
        `${trials}`,
        '--workers',
        `${workers}`,
      ];
      return timeProcess(process.execPath, args, folder);
    };
    const times = interleave(5, {
      one: tune(1, TRIALS),
      two: tune(2, TRIALS),
      oneTrial: tune(1, 1),
      twoTrial: tune(2, 1),
    });
    const folds = (TRIALS + 1) * FOLDS;
    const row = (workers: string, whole: number, start: number) => [
      workers,
      whole.toFixed(0),
      (folds / (whole / 1000)).toFixed(0),
      (folds / ((whole - start) / 1000)).toFixed(0),
    ];
    printTable(
      `Overhead: knn on iris, ${TRIALS} random trials x ${FOLDS} folds, durable (median of 5 processes)`,
      ['workers', 'ms', 'folds/s', 'without start-up'],
      [row('1', times.one, times.oneTrial), row('2', times.two, times.twoTrial)],
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
