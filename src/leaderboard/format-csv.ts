import { visibleLines } from '../visible-text.js';
import { type LeaderboardColumn, type LeaderboardLayout, selectColumns } from './columns.js';
import type { LeaderboardRow } from './leaderboard.js';

export interface CsvOptions {
  /** Names of columns, in this order; default: all. */
  readonly columns?: readonly string[];
  /** Default true. */
  readonly times?: boolean;
}

/** Lines in one piece. */
const BATCH = 250;

/**
 * The text of `leaderboard.csv`, as pieces to be written one after the other; rows are read as the pieces are.
 * Quoted after RFC 4180, lines ended by a line feed. Numbers are printed so that they read back as the same double.
 * An inactive parameter is an empty cell, the value null is `null`, a list is its JSON. Control characters other than
 * line breaks and tabs appear as `\u001b`, so that printing the file cannot disturb a terminal.
 * @throws UsageError for a column that does not exist.
 */
export function* csvPieces(
  rows: Iterable<LeaderboardRow>,
  layout: LeaderboardLayout,
  options: CsvOptions = {},
): Generator<string> {
  const columns = selectColumns(layout, options.columns, options.times);
  let piece = `${columns.map((column) => quote(column.name)).join(',')}\n`;
  let lines = 1;
  for (const row of rows) {
    piece += lineOf(row, columns);
    if (++lines < BATCH) continue;
    yield piece;
    piece = '';
    lines = 0;
  }
  if (lines > 0) yield piece;
}

function lineOf(row: LeaderboardRow, columns: readonly LeaderboardColumn[]): string {
  let line = '';
  let numbers: number[] = [];
  for (const column of columns) {
    const cell = column.cell(row);
    if (typeof cell === 'number' && Number.isFinite(cell)) {
      numbers.push(cell);
      continue;
    }
    if (numbers.length > 0) line += `${numbersText(numbers)},`;
    numbers = [];
    line += cell === undefined ? ',' : `${quote(typeof cell === 'object' ? JSON.stringify(cell) : String(cell))},`;
  }
  return `${numbers.length > 0 ? line + numbersText(numbers) : line.slice(0, -1)}\n`;
}

/** JSON writes numbers as JavaScript does, and many of them in a third of the time. */
function numbersText(numbers: readonly number[]): string {
  return JSON.stringify(numbers).slice(1, -1);
}

/** What must be quoted or made visible. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const SPECIAL = /[\u0000-\u001f",\u007f-\u009f\u2028\u2029]|^\s|\s$/;

function quote(text: string): string {
  if (!SPECIAL.test(text)) return text;
  const visible = visibleLines(text);
  return /[",\r\n]/.test(visible) || visible !== visible.trim() ? `"${visible.replaceAll('"', '""')}"` : visible;
}
