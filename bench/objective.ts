import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interleave, printTable, timeProcess } from './measure.js';

/** Benches are npm scripts: they run in the project's folder. */
const ROOT = process.cwd();
const ROUNDS = 3;
const RANDOM_TRIALS = 10_000;
const TPE_TRIALS = 1000;
/** Each costs SQLite several transactions on the disk. */
const SQLITE_TRIALS = 100;

/** The same parameters as in no_op_optuna.py. */
const SPACE = `version: 1
seed: 1
objective: {metric: rate, goal: minimize}
models:
  nothing:
    module: ./no-op.mjs
    parameters:
      rate: loguniform(1e-4, 1)
      momentum: uniform(0, 0.99)
      dropout: uniform(0, 0.5)
      layers: int(1, 8)
      activation: {values: [relu, tanh, gelu]}
`;

type Method = 'random' | 'tpe';

/** Wall time of each kind of process, in milliseconds. The starts are of one trial. */
interface Times {
  readonly start: number;
  readonly random: number;
  readonly tpe: number;
  readonly memoryStart: number;
  readonly memoryRandom: number;
  readonly memoryTpe: number;
  readonly sqliteStart: number;
  readonly sqliteRandom: number;
}

/** What a study costs when its objective costs nothing: ours in worker processes with a durable journal, and Optuna's. */
export function benchObjective(): void {
  const python = ['python3', '/usr/bin/python3'].find(
    (command) => spawnSync(command, ['-c', 'import optuna']).status === 0,
  );
  if (python === undefined) {
    console.log('\nOverhead of an objective: left out, no python3 with optuna here');
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'cml-bench-'));
  try {
    printRates(measure(python, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measure(python: string, folder: string): Times {
  writeFileSync(join(folder, 'space.yaml'), SPACE);
  writeFileSync(join(folder, 'no-op.mjs'), 'export const evaluate = ({ rate }) => rate;\n');
  let studies = 0;
  const tune = (method: Method, trials: number) => () => {
    const args = [join(ROOT, 'bin/run.js'), 'tune', 'space.yaml', '--quiet', '--workers', '2'];
    args.push('--set', `search.method=${method}`, '--trials', `${trials}`, '--out', `run-${studies++}`);
    return timeProcess(process.execPath, args, folder);
  };
  const optuna = (method: Method, trials: number, sqlite: boolean) => () => {
    const storage = sqlite ? [`sqlite:///study-${studies++}.db`] : [];
    return timeProcess(python, [join(ROOT, 'bench/no_op_optuna.py'), method, `${trials}`, ...storage], folder);
  };
  return interleave(ROUNDS, {
    start: tune('random', 1),
    random: tune('random', RANDOM_TRIALS),
    tpe: tune('tpe', TPE_TRIALS),
    memoryStart: optuna('random', 1, false),
    memoryRandom: optuna('random', RANDOM_TRIALS, false),
    memoryTpe: optuna('tpe', TPE_TRIALS, false),
    sqliteStart: optuna('random', 1, true),
    sqliteRandom: optuna('random', SQLITE_TRIALS, true),
  });
}

/** Trials a second. */
interface Rates {
  readonly whole: number;
  /** Without what it takes to start. */
  readonly bare: number;
}

function ratesOf(trials: number, elapsedMs: number, startMs: number): Rates {
  // The process that is taken off did one trial too.
  return { whole: trials / (elapsedMs / 1000), bare: (trials - 1) / ((elapsedMs - startMs) / 1000) };
}

function printRates(times: Times): void {
  const random = ratesOf(RANDOM_TRIALS, times.random, times.start);
  const tpe = ratesOf(TPE_TRIALS, times.tpe, times.start);
  const sqliteRandom = ratesOf(SQLITE_TRIALS, times.sqliteRandom, times.sqliteStart);
  const memoryRandom = ratesOf(RANDOM_TRIALS, times.memoryRandom, times.memoryStart);
  const memoryTpe = ratesOf(TPE_TRIALS, times.memoryTpe, times.memoryStart);
  printTable(
    `Overhead of an objective that does nothing: trials a second, 2 worker processes, durable (median of ${ROUNDS} processes)`,
    ['', 'cml', 'Optuna', 'cml, no start-up', 'Optuna, no start-up', 'ratio', 'ratio, no start-up'],
    [
      rowOf(`random, ${RANDOM_TRIALS} trials, Optuna on SQLite (${SQLITE_TRIALS})`, sqliteRandom, random),
      rowOf(`random, ${RANDOM_TRIALS} trials, Optuna in memory`, memoryRandom, random),
      rowOf(`tpe, ${TPE_TRIALS} trials, Optuna in memory`, memoryTpe, tpe),
    ],
  );
}

function rowOf(what: string, peer: Rates, own: Rates): readonly string[] {
  return [
    what,
    ...[own.whole, peer.whole, own.bare, peer.bare].map((rate) => rate.toFixed(0)),
    ...[own.whole / peer.whole, own.bare / peer.bare].map((ratio) => ratio.toFixed(2)),
  ];
}
