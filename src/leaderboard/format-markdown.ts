import { visibleText } from '../visible-text.js';
import { type Cell, type LeaderboardLayout, selectReadableColumns } from './columns.js';
import {
  compactConstants,
  compactDeviation,
  compactParams,
  compactScore,
  compactValue,
  constantParameters,
} from './compact-values.js';
import type { Leaderboard, LeaderboardRow } from './leaderboard.js';

export interface MarkdownOptions {
  /** Names of columns, in this order; default: a selection that reads well in a CI summary. */
  readonly columns?: readonly string[];
  /** Default true. */
  readonly times?: boolean;
}

interface MarkdownColumn {
  readonly title: string;
  readonly right: boolean;
  text(row: LeaderboardRow): string;
}

/**
 * A GitHub table with a title line. Parameters that are the same everywhere stand below it, unless columns are named.
 * @throws UsageError for a column that does not exist.
 */
export function formatMarkdown(
  leaderboard: Leaderboard,
  layout: LeaderboardLayout,
  options: MarkdownOptions = {},
): string {
  const constant = options.columns === undefined ? constantParameters(leaderboard) : {};
  const columns =
    options.columns === undefined
      ? defaultColumns(leaderboard, layout, options.times ?? true, constant)
      : selectReadableColumns(layout, options.columns, options.times).map((column) => ({
          title: column.name,
          right: false,
          text: (row: LeaderboardRow) => cellText(column.cell(row)),
        }));
  const { completed, planned } = leaderboard.trials;
  const count = planned === null ? `${completed} trials` : `${completed} of ${planned} trials`;
  return [
    `**${escapeText(leaderboard.study)}**: ${escapeText(leaderboard.metric)}, ${leaderboard.goal}; ${count} completed`,
    '',
    line(columns.map((column) => escapeText(column.title))),
    line(columns.map((column) => (column.right ? '---:' : '---'))),
    ...leaderboard.rows.map((row) => line(columns.map((column) => escapeText(column.text(row))))),
    '',
    ...(Object.keys(constant).length === 0
      ? []
      : [`The same in all rows that have them: ${escapeText(compactConstants(constant, leaderboard))}`, '']),
  ].join('\n');
}

function defaultColumns(
  leaderboard: Leaderboard,
  layout: LeaderboardLayout,
  times: boolean,
  constant: LeaderboardRow['params'],
): readonly MarkdownColumn[] {
  const columns: MarkdownColumn[] = [
    { title: 'rank', right: true, text: (row) => String(row.rank ?? '') },
    { title: 'trial', right: true, text: (row) => String(row.trial ?? '') },
    { title: 'model', right: false, text: (row) => row.model ?? '' },
    { title: leaderboard.metric, right: true, text: (row) => scoreText(row.score) },
    { title: 'std', right: true, text: (row) => compactDeviation(row) ?? '' },
  ];
  for (const name of layout.metrics.slice(1)) {
    columns.push({ title: name, right: true, text: (row) => scoreText(row.metrics?.[name]) });
  }
  columns.push({ title: 'parameters', right: false, text: (row) => compactParams(row.params, constant) });
  if (times) columns.push({ title: 'fit s', right: true, text: (row) => row.fit_seconds?.toFixed(2) ?? '' });
  if (leaderboard.rows.some((row) => row.reason !== undefined)) {
    columns.push({ title: 'reason', right: false, text: (row) => row.reason ?? '' });
  }
  return columns;
}

function scoreText(score: number | null | undefined): string {
  return score === null || score === undefined ? '' : compactScore(score);
}

function cellText(cell: Cell): string {
  return cell === undefined ? '' : compactValue(cell);
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Text that Markdown shows as it is, in one table cell. */
function escapeText(text: string): string {
  return visibleText(text)
    .replace(/[\\|`*_[\]~]/g, (character) => `\\${character}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;');
}
