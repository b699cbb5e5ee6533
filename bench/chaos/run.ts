import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Random } from '../../src/random.js';
import { childrenOf } from '../../src/worker/process-tree.js';
import { printTable } from '../measure.js';

/** Benches are npm scripts: they run in the project's folder. */
const ROOT = process.cwd();
const KILLS = 100;
const TRIALS = 200;
/** No process may be left so long after its parent has died. */
const LEFTOVER_MS = 2000;

const SPACE = `version: 1
name: chaos
data: {file: ${JSON.stringify(join(ROOT, 'search-spaces/data/breast_cancer.csv'))}, target: diagnosis}
objective: {metric: roc_auc, also: [log_loss]}
evaluation: {cv: {folds: 3}, holdout: 0.2}
search: {method: tpe, trials: ${TRIALS}}
models:
  forest: {use: random-forest, parameters: {n_estimators: "int(10, 60)", max_depth: "int(2, 12)"}}
  linear: {use: logistic-regression, parameters: {C: "loguniform(1e-3, 1e3)"}}
`;

type Attack = 'worker -9' | 'parent -9' | 'parent SIGTERM' | 'worker STOP, CONT' | 'parent STOP, CONT';
const ATTACKS: readonly Attack[] = [
  'worker -9',
  'worker -9',
  'parent -9',
  'parent SIGTERM',
  'worker STOP, CONT',
  'parent STOP, CONT',
];

/** A sweep that is attacked at random moments and continued, again and again, until so many attacks have hit. */
class Chaos {
  readonly counts = new Map<Attack, number>();
  starts = 0;
  leftovers = 0;
  private readonly folder: string;
  private readonly random: Random;
  private hits = 0;

  constructor(folder: string, seed: number) {
    this.folder = folder;
    this.random = new Random(seed, 'chaos');
  }

  /** @returns the run folders, all of them finished. */
  async run(): Promise<readonly string[]> {
    const finished: string[] = [];
    for (let run = 1; this.hits < KILLS; run++) {
      const out = `attacked-${run}`;
      while (!(await this.attackOnce(out)));
      finished.push(out);
    }
    return finished;
  }

  /** Starts or continues the run. @returns whether it came to its end. */
  private async attackOnce(out: string): Promise<boolean> {
    this.starts++;
    const parent = spawn(process.execPath, cmlArguments(out), { cwd: this.folder, stdio: 'ignore' });
    const exited = new Promise<number | null>((resolve) => parent.on('exit', resolve));
    for (;;) {
      const ended = await Promise.race([exited.then((code) => ({ code })), wait(200 + 900 * this.random.uniform())]);
      if (ended !== undefined) return ended.code === 0;
      if (this.hits >= KILLS) continue;
      const attack = ATTACKS[this.random.integer(ATTACKS.length)]!;
      const workers = childrenOf(parent.pid!);
      if (!(await this.strike(attack, parent, workers))) continue;
      this.hits++;
      this.counts.set(attack, (this.counts.get(attack) ?? 0) + 1);
      if (!attack.startsWith('parent') || attack.includes('STOP')) continue;
      await exited;
      await this.countLeftovers(workers);
      return false;
    }
  }

  private async strike(attack: Attack, parent: ChildProcess, workers: readonly number[]): Promise<boolean> {
    const target = attack.startsWith('parent')
      ? parent.pid!
      : workers[this.random.integer(Math.max(1, workers.length))];
    if (target === undefined) return false;
    if (attack.includes('STOP')) {
      if (!send(target, 'SIGSTOP')) return false;
      await wait(100 + 300 * this.random.uniform());
      return send(target, 'SIGCONT');
    }
    return send(target, attack.endsWith('-9') ? 'SIGKILL' : 'SIGTERM');
  }

  private async countLeftovers(workers: readonly number[]): Promise<void> {
    const deadline = performance.now() + LEFTOVER_MS;
    while (workers.some(isAlive) && performance.now() < deadline) await wait(50);
    this.leftovers += workers.filter(isAlive).length;
  }
}

function cmlArguments(out: string): readonly string[] {
  return [join(ROOT, 'bin/run.js'), 'tune', 'space.yaml', '--quiet', '--out', out, '--isolation', 'process'];
}

function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** Of /proc: what Linux tells of a process; undefined when it is gone. */
function statusOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  const status = statusOf(pid);
  return status !== undefined && !/^State:\s+[ZX]/m.test(status);
}

/** Fold results of a journal that count twice. */
function doubled(journal: string): number {
  const seen = new Set<string>();
  let twice = 0;
  for (const line of readFileSync(journal, 'utf8').trimEnd().split('\n')) {
    const { event } = JSON.parse(line) as { readonly event: { type: string; trial?: number | null; fold?: number } };
    if (event.type !== 'fold') continue;
    const key = `${event.trial}/${event.fold}`;
    if (seen.has(key)) twice++;
    seen.add(key);
  }
  return twice;
}

function leaderboardOf(folder: string, out: string): string {
  const args = [join(ROOT, 'bin/run.js'), 'leaderboard', out, '--format', 'csv', '--no-times'];
  return spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' }).stdout;
}

const seed = Number(process.argv[2] ?? Date.now() % 1e6);
const folder = mkdtempSync(join(tmpdir(), 'cml-chaos-'));
try {
  writeFileSync(join(folder, 'space.yaml'), SPACE);
  console.log(`seed ${seed}: ${TRIALS} trials of 3 folds, ${KILLS} attacks`);
  spawnSync(process.execPath, cmlArguments('undisturbed'), { cwd: folder });
  const expected = leaderboardOf(folder, 'undisturbed');
  const lines = expected.split('\n').length;
  const chaos = new Chaos(folder, seed);
  const runs = await chaos.run();
  const counts = [...chaos.counts].sort(([a], [b]) => a.localeCompare(b));
  printTable(
    'Attacks',
    ['attack', 'times'],
    counts.map(([attack, times]) => [attack, String(times)]),
  );
  printTable(
    `Runs (an undisturbed one: ${lines - 2} rows)`,
    ['run', 'leaderboard', 'results doubled'],
    runs.map((out) => [
      out,
      leaderboardOf(folder, out) === expected ? 'equal' : 'DIFFERENT',
      String(doubled(join(folder, out, 'journal.jsonl'))),
    ]),
  );
  console.log(`\n${chaos.starts} starts, ${chaos.leftovers} processes left ${LEFTOVER_MS / 1000} s after their parent`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
