import { Ansis } from 'ansis';
import { visibleText } from '../visible-text.js';
import { type LeaderboardLayout, selectColumns } from './columns.js';
import { compactDeviation, compactParams, compactScore, compactValue, constantParameters } from './compact-values.js';
import type { TextColumn } from './fit-columns.js';
import type { Leaderboard, LeaderboardRow } from './leaderboard.js';
import { textTable } from './text-table.js';

export interface TableOptions {
  /** Names of columns, in this order; default: a selection that fits the width. */
  readonly columns?: readonly string[];
  /** Default true. */
  readonly times?: boolean;
  /** Characters a line may have. Default 80. */
  readonly width?: number;
  /** Default false. */
  readonly color?: boolean;
}

/**
 * The leaderboard for reading on a terminal, the winner highlighted. Where the line is too short, the least important
 * columns are left out; parameters that are the same everywhere are not shown.
 * @throws UsageError for a column that does not exist.
 */
export function formatTable(leaderboard: Leaderboard, layout: LeaderboardLayout, options: TableOptions = {}): string {
  const { rows } = leaderboard;
  if (rows.length === 0) return 'No trial has ended yet.';
  const columns: readonly TextColumn[] =
    options.columns === undefined
      ? defaultColumns(leaderboard, layout, options.times ?? true)
      : selectColumns(layout, options.columns, options.times).map((column) => {
          const cells = rows.map((row) => column.cell(row));
          return {
            title: visibleText(column.name),
            cells: cells.map((cell) => (cell === undefined ? '' : compactValue(cell))),
            align: cells.every((cell) => cell === undefined || typeof cell === 'number') ? 'right' : 'left',
            minWidth: 4,
          };
        });
  const ansis = new Ansis(options.color === true ? 1 : 0);
  const paint = (text: string, index: number): string => {
    const row = rows[index]!;
    if (row.rank === 1) return ansis.bold.green(text);
    return row.rank === null ? ansis.dim(text) : text;
  };
  return textTable(columns, { width: options.width ?? 80, paint });
}

function defaultColumns(leaderboard: Leaderboard, layout: LeaderboardLayout, times: boolean): readonly TextColumn[] {
  const { rows, metric } = leaderboard;
  const hidden = constantParameters(leaderboard);
  const column = (
    title: string,
    text: (row: LeaderboardRow) => string,
    rest: Omit<TextColumn, 'title' | 'cells'>,
  ): TextColumn => ({ title: visibleText(title), cells: rows.map(text), ...rest });
  const columns = [
    column('#', (row) => String(row.rank ?? '–'), { align: 'right' }),
    column('trial', (row) => String(row.trial ?? '–'), { align: 'right', priority: 3 }),
    column('model', (row) => visibleText(row.model ?? ''), { align: 'left', minWidth: 12 }),
    column(metric, (row) => scoreText(row.score), { align: 'right' }),
    column('± std', (row) => compactDeviation(row) ?? '–', { align: 'right', priority: 4 }),
  ];
  layout.metrics.slice(1).forEach((name, index) => {
    columns.push(
      column(name, (row) => scoreText(row.metrics?.[name]), {
        align: 'right',
        priority: 2 - index / layout.metrics.length,
      }),
    );
  });
  if (times)
    columns.push(column('fit s', (row) => row.fit_seconds?.toFixed(2) ?? '–', { align: 'right', priority: 1 }));
  columns.push(
    column('parameters', (row) => (row.reason === undefined ? compactParams(row.params, hidden) : failure(row)), {
      align: 'left',
      minWidth: 24,
    }),
  );
  return columns;
}

function failure(row: LeaderboardRow): string {
  return visibleText(row.reason === row.state ? row.state : `${row.state}: ${row.reason}`);
}

function scoreText(score: number | null | undefined): string {
  return score === null || score === undefined ? '–' : compactScore(score);
}
