import { UsageError } from '../errors.js';
import { type Cell, type LeaderboardLayout, selectColumns } from './columns.js';
import type { Leaderboard, LeaderboardRow } from './leaderboard.js';

export interface RowSelection {
  /** `column`, `column:asc` or `column:desc`; default: the ranking. Rows without a value come last. */
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
  if (selection.sort !== undefined) rows = sorted(rows, layout, selection.sort);
  if (selection.top !== undefined) rows = firstTrials(rows, selection.top);
  return { ...leaderboard, rows };
}

function sorted(rows: readonly LeaderboardRow[], layout: LeaderboardLayout, sort: string): readonly LeaderboardRow[] {
  const match = /^(.+?)(?::(asc|desc))?$/s.exec(sort);
  if (match === null) throw new UsageError('sort: must name a column, got an empty text');
  const [, name, direction] = match;
  const column = selectColumns(layout, [name!])[0];
  if (column === undefined) throw new UsageError(`sort: must name one column, got ${JSON.stringify(name)}`);
  const sign = direction === 'desc' ? -1 : 1;
  return rows.toSorted((a, b) => compare(column.cell(a), column.cell(b), sign));
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
