import { printTable } from '../measure.js';
import { type BenchData, FOLD_SEEDS, FOLDS } from './bench-data.js';
import type { FitSide } from './fit-side.js';
import type { Sides } from './fit-table.js';
import { fits, type Subject } from './subjects.js';

const LIMIT_MS = 1_800_000;
/** Where a fit takes longer, fewer seeds do. */
const LONG_SECONDS = 5;
const SEEDS_OF_LONG_FITS = 3;
/** Where a fit takes longer, the table is left out. */
const MOST_SECONDS = 60;
const ALLOWED = 0.01;

/** Mean score over folds and seeds beside the peer's on the same folds. */
export async function printScoreTable(subjects: readonly Subject[], data: readonly BenchData[], start: () => Sides) {
  const rows: string[][] = [];
  for (const subject of subjects) {
    const { ours, peer } = start();
    for (const table of data) {
      if (subject.isPackage === true || !fits(subject, table)) continue;
      const seeds = await seedsFor(subject, table, [ours, peer]);
      if (seeds === 0) {
        rows.push([subject.label, table.name, '', '', '', '', `left out: a fit takes over ${MOST_SECONDS} s`]);
        continue;
      }
      const own = await meanScore(subject, table, ours, seeds);
      const other = peer === undefined ? undefined : await meanScore(subject, table, peer, seeds);
      const comparison =
        other === undefined
          ? ['', '', '']
          : [other.toFixed(4), (own - other).toFixed(4), own >= other - ALLOWED ? 'yes' : 'NO'];
      const row = [subject.label, table.name, `${seeds}`, own.toFixed(4), ...comparison];
      rows.push(row);
      console.error(row.join('  '));
    }
    ours.close();
    peer?.close();
  }
  printTable(
    `Accuracy or R², mean of ${FOLDS} folds and of the seeds`,
    ['trainer', 'data', 'seeds', 'score', 'peer score', 'difference', `within ${ALLOWED} or better`],
    rows,
  );
}

async function seedsFor(subject: Subject, table: BenchData, sides: readonly (FitSide | undefined)[]): Promise<number> {
  let seeds = FOLD_SEEDS;
  for (const side of sides) {
    const reply = await side?.ask(requestOf(subject, table, 0, 0), LIMIT_MS);
    if (reply === undefined) continue;
    if (reply.fitSeconds > MOST_SECONDS) return 0;
    if (reply.fitSeconds > LONG_SECONDS) seeds = SEEDS_OF_LONG_FITS;
  }
  return seeds;
}

async function meanScore(subject: Subject, table: BenchData, side: FitSide, seeds: number): Promise<number> {
  let sum = 0;
  for (let seed = 0; seed < seeds; seed++) {
    for (let fold = 0; fold < FOLDS; fold++) {
      sum += (await side.ask(requestOf(subject, table, seed, fold), LIMIT_MS))!.score;
    }
  }
  return sum / (seeds * FOLDS);
}

function requestOf({ trainer, params }: Subject, { path }: BenchData, seed: number, fold: number) {
  return { file: path, split: 1 + seed, fold, trainer, params, seed, times: 1 };
}
