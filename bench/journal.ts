import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, printTable } from './measure.js';

/** Benches are npm scripts: they run in the project's folder. */
const ROOT = process.cwd();
const TRIALS = 20_000;
const REPEATS = 5;
const RESUMES = 3;

interface Measured {
  /** Until the first call of the objective. */
  readonly readyMs: number;
  /** Of the clock and of the processor, at the end of each part of the study. */
  readonly marks: readonly (readonly [wallMs: number, cpuMs: number])[];
  /** What the study holds at its end. */
  readonly heldBytes: number;
  readonly peakBytes: number;
}

/** What a long study costs: whether it slows down, what it holds in memory, and how long it takes to go on. */
export function benchJournal(): void {
  const folder = mkdtempSync(join(tmpdir(), 'cml-bench-'));
  try {
    const out = join(folder, 'run');
    const first = study(out, TRIALS);
    const parts = first.marks.map(([wallMs, cpuMs], part) => {
      const [wallBefore, cpuBefore] = first.marks[part - 1] ?? [0, 0];
      const folds = (TRIALS * REPEATS) / first.marks.length;
      return [
        `${part * folds} … ${(part + 1) * folds}`,
        ((folds * 1000) / (wallMs - wallBefore)).toFixed(0),
        (((cpuMs - cpuBefore) * 1000) / folds).toFixed(0),
      ];
    });
    printTable(
      `Journal: an objective that does nothing, ${TRIALS} random trials x ${REPEATS} repeats, durable, one process`,
      ['folds', 'folds/s', 'CPU µs a fold'],
      parts,
    );
    const journalBytes = statSync(join(out, 'journal.jsonl')).size;
    // Each goes on with one trial more.
    const readyMs = median(Array.from({ length: RESUMES }, (_, more) => study(out, TRIALS + 1 + more).readyMs));
    printTable(
      'Journal: size, memory and resume',
      ['journal bytes a trial', 'held bytes a trial', 'peak MB of the process', 'ms to resume'],
      [
        [
          (journalBytes / TRIALS).toFixed(0),
          (first.heldBytes / TRIALS).toFixed(0),
          (first.peakBytes / 2 ** 20).toFixed(0),
          readyMs.toFixed(0),
        ],
      ],
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function study(out: string, trials: number): Measured {
  const args = ['--expose-gc', join(ROOT, 'bench/journal-study.js'), out, `${trials}`, `${REPEATS}`];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`journal-study.js exited with ${status}\n${stderr}`);
  return JSON.parse(stdout) as Measured;
}
