import { median, printTable } from '../measure.js';
import { type BenchData, HOLDOUT_SPLIT } from './bench-data.js';
import type { FitReply } from './fit-request.js';
import type { FitSide } from './fit-side.js';
import { fits, type Subject } from './subjects.js';

export interface Sides {
  readonly ours: FitSide;
  readonly peer: FitSide | undefined;
}

/** A package that is beside the point on a table of some size. */
const PACKAGE_LIMIT_MS = 60_000;
const LIMIT_MS = 1_800_000;
const WARM_UP_SECONDS = 0.5;
const MEASURED_SECONDS = 0.1;
const MOST_TIMES = 300;
/** From this on a fit is warm by itself. */
const LONG_SECONDS = 3;
const ROUNDS = 5;

const HEADER = ['trainer', 'data', 'ms', 'peer ms', 'ratio', 'predict ratio', 'score', 'peer score', 'difference'];

/** CPU a fit and hold-out score of each subject on each table, with the median and the greatest ratio of a subject. */
export async function printFitTable(subjects: readonly Subject[], data: readonly BenchData[], start: () => Sides) {
  const rows: string[][] = [];
  for (const subject of subjects) {
    const sides = start();
    const ratios: number[] = [];
    for (const table of data) {
      if (!fits(subject, table)) continue;
      const { ours, peer } = await measure(subject, table, sides);
      const row = rowOf(subject, table, ours, peer);
      rows.push(row);
      console.error(row.join('  '));
      if (ours !== undefined && peer !== undefined) ratios.push(cost(subject, ours) / cost(subject, peer));
    }
    sides.ours.close();
    sides.peer?.close();
    if (ratios.length > 1) rows.push(summaryOf(subject, ratios));
  }
  printTable('CPU milliseconds a fit, warm, one thread; accuracy or R² on a quarter held out', HEADER, rows);
  console.log('\nknn: fit and predict together. Times are the least of several rounds, both sides in turn.');
}

function cost(subject: Subject, reply: FitReply): number {
  return reply.fitSeconds + (subject.countsPredict === true ? reply.predictSeconds : 0);
}

interface Measured {
  readonly ours: FitReply | undefined;
  readonly peer: FitReply | undefined;
}

async function measure(subject: Subject, table: BenchData, sides: Sides): Promise<Measured> {
  const { trainer, params, peerParams = params, isPackage = false } = subject;
  const base = { file: table.path, split: HOLDOUT_SPLIT, fold: 0, trainer, seed: 0 };
  const askOurs = (times: number) =>
    sides.ours.ask({ ...base, params, times }, isPackage ? PACKAGE_LIMIT_MS : LIMIT_MS);
  const askPeer = async (times: number) => sides.peer?.ask({ ...base, params: peerParams, times }, LIMIT_MS);
  let ours = await askOurs(1);
  let peer = await askPeer(1);
  if (ours !== undefined) await askOurs(timesFor(WARM_UP_SECONDS, ours));
  const longest = Math.max(ours === undefined ? 0 : seconds(ours), peer === undefined ? 0 : seconds(peer));
  const rounds = longest > 2 * LONG_SECONDS || isPackage ? 1 : longest > LONG_SECONDS ? 2 : ROUNDS;
  for (let round = 0; round < rounds; round++) {
    if (ours !== undefined) ours = least(ours, await askOurs(timesFor(MEASURED_SECONDS, ours)));
    if (peer !== undefined && longest <= 2 * LONG_SECONDS) {
      peer = least(peer, await askPeer(timesFor(MEASURED_SECONDS, peer)));
    }
  }
  return { ours, peer };
}

function seconds({ fitSeconds, predictSeconds }: FitReply): number {
  return fitSeconds + predictSeconds;
}

function timesFor(wanted: number, reply: FitReply): number {
  return Math.max(1, Math.min(MOST_TIMES, Math.ceil(wanted / Math.max(seconds(reply), 1e-6))));
}

function least(a: FitReply, b: FitReply | undefined): FitReply {
  if (b === undefined) return a;
  return {
    fitSeconds: Math.min(a.fitSeconds, b.fitSeconds),
    predictSeconds: Math.min(a.predictSeconds, b.predictSeconds),
    score: b.score,
  };
}

function rowOf(subject: Subject, table: BenchData, ours: FitReply | undefined, peer: FitReply | undefined): string[] {
  const ms = (reply: FitReply) => formatMs(cost(subject, reply) * 1000);
  return [
    subject.label,
    table.name,
    ours === undefined ? `over ${PACKAGE_LIMIT_MS}` : ms(ours),
    peer === undefined ? '' : ms(peer),
    both(ours, peer, (a, b) => (cost(subject, a) / cost(subject, b)).toFixed(2)),
    both(ours, peer, (a, b) => (a.predictSeconds / b.predictSeconds).toFixed(2)),
    ours?.score.toFixed(4) ?? '',
    peer?.score.toFixed(4) ?? '',
    both(ours, peer, (a, b) => (a.score - b.score).toFixed(4)),
  ];
}

function both(
  ours: FitReply | undefined,
  peer: FitReply | undefined,
  show: (ours: FitReply, peer: FitReply) => string,
): string {
  return ours === undefined || peer === undefined ? '' : show(ours, peer);
}

function summaryOf({ label }: Subject, ratios: readonly number[]): string[] {
  const summary = `${median(ratios).toFixed(2)} / ${Math.max(...ratios).toFixed(2)}`;
  return [`${label}: median / greatest`, '', '', '', summary, '', '', '', ''];
}

function formatMs(ms: number): string {
  return ms < 10 ? ms.toFixed(2) : ms < 100 ? ms.toFixed(1) : ms.toFixed(0);
}
