import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { printTable } from '../../measure.js';
import { writeFoldTable } from './fold-table.js';
import { searchSklearn } from './search-sklearn.js';
import { spaceDocument } from './space-document.js';
import type { SweepPlan } from './sweep-plans.js';

const run = promisify(execFile);
const TRIALS = 50;
const LARGEST_OUTPUT_BYTES = 1 << 26;

/** Whole sweeps on real data: `cml tune` with `method: bayes` beside Optuna's TPE over scikit-learn's counterparts. */
export async function printSweepTable(
  plans: readonly SweepPlan[],
  root: string,
  python: string | undefined,
  seeds: number,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'cml-sweeps-'));
  try {
    const rows: string[][] = [];
    for (const plan of plans) {
      const file = join(folder, `${plan.table}.csv`);
      writeFoldTable(join(root, 'search-spaces/data', `${plan.table}.csv`), file);
      const own: number[] = [];
      const mixed: number[] = [];
      const peer: number[] = [];
      for (let seed = 0; seed < seeds; seed++) {
        own.push(await tune(plan, file, seed, root, folder));
        if (python !== undefined) {
          peer.push(await tuneWithOptuna(plan, file, seed, root, python));
          mixed.push(await searchSklearn({ plan, file, seed, trials: TRIALS, root, python }));
        }
        const scores = [own, mixed, peer].map((all) => all[seed]?.toFixed(4) ?? '-');
        console.error(`sweep of ${plan.name}, seed ${seed}: ${scores.join(', ')}`);
      }
      rows.push([`${plan.name}, ${plan.table}`, plan.metric, ...compare(plan, own, mixed, peer)]);
    }
    printTable(
      `Best mean score of 5 folds after ${TRIALS} trials, ${seeds} seeds: mean (worst)`,
      [
        'sweep',
        'metric',
        'cml tune',
        'bayes over scikit-learn',
        'Optuna TPE over scikit-learn',
        'bayes better by',
        'wins',
      ],
      rows,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The last two columns compare the samplers over the same models. */
function compare(
  { metric }: SweepPlan,
  own: readonly number[],
  bayes: readonly number[],
  peer: readonly number[],
): string[] {
  const isHigherBetter = metric === 'r2';
  const mean = (scores: readonly number[]) => scores.reduce((sum, score) => sum + score / scores.length, 0);
  const worst = (scores: readonly number[]) => (isHigherBetter ? Math.min(...scores) : Math.max(...scores));
  const cell = (scores: readonly number[]) => `${mean(scores).toFixed(4)} (${worst(scores).toFixed(4)})`;
  if (peer.length === 0) return [cell(own), '', '', '', ''];
  const gain = isHigherBetter ? mean(bayes) - mean(peer) : mean(peer) - mean(bayes);
  const wins = bayes.filter((score, seed) => (isHigherBetter ? score > peer[seed]! : score < peer[seed]!)).length;
  return [cell(own), cell(bayes), cell(peer), gain.toFixed(4), `${wins} of ${bayes.length}`];
}

async function tune(plan: SweepPlan, file: string, seed: number, root: string, folder: string): Promise<number> {
  const space = join(folder, 'sweep.yaml');
  const out = join(folder, 'sweep');
  // JSON is YAML.
  writeFileSync(space, JSON.stringify(spaceDocument(plan, file, seed, TRIALS)));
  rmSync(out, { recursive: true, force: true });
  const args = [join(root, 'bin/run.js'), 'tune', space, '--json', '--out', out, '--workers', '1'];
  const { stdout } = await run(process.execPath, args, { cwd: folder, maxBuffer: LARGEST_OUTPUT_BYTES });
  return JSON.parse(stdout).rows[0].score;
}

async function tuneWithOptuna(plan: SweepPlan, file: string, seed: number, root: string, python: string) {
  const script = join(root, 'bench/search/sweeps/sklearn_sweeps.py');
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
  const { stdout } = await run(python, [script, file, JSON.stringify(plan), `${seed}`, `${TRIALS}`], { env });
  const { score }: { readonly score: number } = JSON.parse(stdout);
  return score;
}
