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
    const times = interleave(ROUNDS, {
      start: tune('random', 1),
      random: tune('random', RANDOM_TRIALS),
      tpe: tune('tpe', TPE_TRIALS),
      memoryStart: optuna('random', 1, false),
      memoryRandom: optuna('random', RANDOM_TRIALS, false),
      memoryTpe: optuna('tpe', TPE_TRIALS, false),
      sqliteStart: optuna('random', 1, true),
      sqliteRandom: optuna('random', SQLITE_TRIALS, true),
    });
    const rates = (trials: number, ms: number, startMs: number) => ({
      whole: trials / (ms / 1000),
      // The process that is taken off did one trial too.
      bare: (trials - 1) / ((ms - startMs) / 1000),
    });
    const random = rates(RANDOM_TRIALS, times.random!, times.start!);
    const tpe = rates(TPE_TRIALS, times.tpe!, times.start!);
    const row = (what: string, peer: typeof random, own: typeof random) => [
      what,
      ...[own.whole, peer.whole, own.bare, peer.bare].map((rate) => rate.toFixed(0)),
      ...[own.whole / peer.whole, own.bare / peer.bare].map((ratio) => ratio.toFixed(2)),
    ];
    printTable(
      `Overhead of an objective that does nothing: trials a second, 2 worker processes, durable (median of ${ROUNDS} processes)`,
      ['', 'cml', 'Optuna', 'cml, no start-up', 'Optuna, no start-up', 'ratio', 'ratio, no start-up'],
      [
        row(
          `random, ${RANDOM_TRIALS} trials, Optuna on SQLite (${SQLITE_TRIALS})`,
          rates(SQLITE_TRIALS, times.sqliteRandom!, times.sqliteStart!),
          random,
        ),
        row(
          `random, ${RANDOM_TRIALS} trials, Optuna in memory`,
          rates(RANDOM_TRIALS, times.memoryRandom!, times.memoryStart!),
          random,
        ),
        row(
          `tpe, ${TPE_TRIALS} trials, Optuna in memory`,
          rates(TPE_TRIALS, times.memoryTpe!, times.memoryStart!),
          tpe,
        ),
      ],
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
