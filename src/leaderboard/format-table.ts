import { Ansis } from 'ansis';
import { visibleText } from '../visible-text.js';
import { wrapBeside } from '../wrap-text.js';
import { type Cell, type LeaderboardColumn, type LeaderboardLayout, selectReadableColumns } from './columns.js';
import {
  compactConstants,
  compactDeviation,
  compactParams,
  compactScore,
  compactValue,
  constantParameters,
} from './compact-values.js';
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

/** A longer name of a model takes several lines where there is no room. */
const MODEL_WIDTH = { terminal: 24, narrow: 12 };
const TERMINAL_WIDTH = 80;
/** Characters to which the column of the parameters is narrowed. */
const PARAMETERS_WIDTH = { least: 16, most: 32 };
/** The same for another text that was asked for by name. */
const NAMED_TEXT_WIDTH = 24;
/** Characters of a reason beside other rows; `--columns trial,reason` shows it whole. */
const LONGEST_REASON = 160;

/**
 * The leaderboard for reading on a terminal, the winner highlighted; long texts take several lines. Where the line is
 * too short all the same, the least important columns are left out, and so are parameters that are the same everywhere:
 * both are named below the table.
 * @throws UsageError for a column that does not exist.
 */
export function formatTable(leaderboard: Leaderboard, layout: LeaderboardLayout, options: TableOptions = {}): string {
  const { rows } = leaderboard;
  const { times = true, width = TERMINAL_WIDTH } = options;
  if (rows.length === 0) return 'No trial has ended yet.';
  const constant = constantParameters(leaderboard);
  const columns =
    options.columns === undefined
      ? defaultColumns(leaderboard, layout, { times, width, constant })
      : selectReadableColumns(layout, options.columns, times).map((column) => namedColumn(column, rows));
  const ansis = new Ansis(options.color === true ? 1 : 0);
  const paint = (text: string, index: number): string => {
    const row = rows[index]!;
    if (row.rank === 1) return ansis.bold.green(text);
    return row.rank === null ? ansis.dim(text) : text;
  };
  const { text, dropped } = textTable(columns, { width, paint });
  const lines = [text];
  if (dropped.length > 0) {
    const how = 'shown on wider lines, or with --columns of `cml leaderboard`';
    lines.push(...wrapBeside('no room for: ', `${dropped.join(', ')} (${how})`, width));
  }
  if (options.columns === undefined && Object.keys(constant).length > 0) {
    lines.push(...wrapBeside('the same in all rows that have them: ', compactConstants(constant, leaderboard), width));
  }
  return lines.join('\n');
}

/** Numbers are never narrowed: a line can become longer than it should. */
function namedColumn(column: LeaderboardColumn, rows: readonly LeaderboardRow[]): TextColumn {
  const cells = rows.map((row) => column.cell(row));
  const texts = cells.map((cell) => cellText(cell, column.scores === true));
  const numbers = cells.every((cell) => cell === undefined || typeof cell === 'number');
  return {
    title: visibleText(column.name),
    cells: texts,
    align: numbers ? 'right' : 'left',
    ...(numbers ? {} : { minWidth: column.name === 'params' ? parametersWidth(texts) : NAMED_TEXT_WIDTH }),
  };
}

function defaultColumns(
  { rows, metric }: Leaderboard,
  layout: LeaderboardLayout,
  options: { readonly times: boolean; readonly width: number; readonly constant: LeaderboardRow['params'] },
): readonly TextColumn[] {
  const { times, width, constant } = options;
  const column = (
    title: string,
    text: (row: LeaderboardRow) => string,
    rest: Omit<TextColumn, 'title' | 'cells'>,
  ): TextColumn => ({ title: visibleText(title), cells: rows.map(text), ...rest });
  const minWidth = width < TERMINAL_WIDTH ? MODEL_WIDTH.narrow : MODEL_WIDTH.terminal;
  const columns = [
    column('#', (row) => String(row.rank ?? '–'), { align: 'right' }),
    column('trial', (row) => String(row.trial ?? '–'), { align: 'right', priority: 3 }),
    column('model', (row) => visibleText(row.model ?? ''), { align: 'left', minWidth }),
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
  const parameters = rows.map((row) => (row.reason === undefined ? compactParams(row.params, constant) : failure(row)));
  columns.push({ title: 'parameters', cells: parameters, align: 'left', minWidth: parametersWidth(parameters) });
  return columns;
}

/** Where a parameter fits in it, it stays on one line. */
function parametersWidth(cells: readonly string[]): number {
  let longest = PARAMETERS_WIDTH.least;
  for (const cell of cells) for (const word of cell.split(' ')) longest = Math.max(longest, word.length);
  return Math.min(longest, PARAMETERS_WIDTH.most);
}

function cellText(cell: Cell, score: boolean): string {
  if (cell === undefined) return '';
  return score && typeof cell === 'number' ? compactScore(cell) : compactValue(cell);
}

function failure(row: LeaderboardRow): string {
  const text = visibleText(row.reason === row.state ? row.state : `${row.state}: ${row.reason}`);
  return text.length <= LONGEST_REASON ? text : `${text.slice(0, LONGEST_REASON - 1)}…`;
}

function scoreText(score: number | null | undefined): string {
  return score === null || score === undefined ? '–' : compactScore(score);
}
