import { UsageError } from '../errors.js';
import { findMetric } from '../metrics/index.js';
import type { Goal } from '../trial.js';
import { type Cell, type LeaderboardLayout, sortColumn } from './columns.js';
import type { Leaderboard, LeaderboardRow } from './leaderboard.js';

export interface RowSelection {
  /**
   * `column`, `column:asc` or `column:desc`; default: the ranking. Without a direction, scores come best first and all
   * else in ascending order. Rows without a value come last.
   */
  readonly sort?: string;
  /** How many trials; the baseline is kept beside them. */
  readonly top?: number;
}

/**
 * The leaderboard with its rows in another order, or fewer of them. Ranks stay what they are.
 * @throws UsageError for a column that does not exist.
 */
export function selectRows(leaderboard: Leaderboard, layout: LeaderboardLayout, selection: RowSelection): Leaderboard {
  let rows = leaderboard.rows;
  if (selection.sort !== undefined) rows = sorted(leaderboard, layout, selection.sort);
  if (selection.top !== undefined) rows = firstTrials(rows, selection.top);
  return { ...leaderboard, rows };
}

function sorted(leaderboard: Leaderboard, layout: LeaderboardLayout, sort: string): readonly LeaderboardRow[] {
  const match = /^(.+?)(?::(asc|desc))?$/s.exec(sort);
  if (match === null) throw new UsageError('--sort: must name a column, got an empty text');
  const [, name = '', direction] = match;
  const column = sortColumn(layout, name);
  const descending = direction === undefined ? goalOf(name, leaderboard, layout) === 'maximize' : direction === 'desc';
  return leaderboard.rows.toSorted((a, b) => compare(column.cell(a), column.cell(b), descending ? -1 : 1));
}

/** Undefined for what is no score. */
function goalOf(column: string, { goal }: Leaderboard, { metrics }: LeaderboardLayout): Goal | undefined {
  if (column === 'score' || /^fold_\d+$/.test(column)) return goal;
  return metrics.includes(column) ? findMetric(column)?.goal : undefined;
}

/** Numbers by value before everything else as text; missing ones last in either direction. */
function compare(a: Cell, b: Cell, sign: number): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
  if (typeof a === 'number' || typeof b === 'number') return sign * (typeof a === 'number' ? -1 : 1);
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left === right ? 0 : sign * (left < right ? -1 : 1);
}

function firstTrials(rows: readonly LeaderboardRow[], top: number): readonly LeaderboardRow[] {
  let taken = 0;
  return rows.filter((row) => row.trial === null || taken++ < top);
}
