import Table from 'cli-table3';
import { COLUMN_GAP, fitColumns, type TextColumn } from './fit-columns.js';

export interface TextTableOptions {
  /** Characters a line may have. */
  readonly width: number;
  /** Wraps the cells of a row in colour; applied after cutting. */
  readonly paint?: (text: string, row: number) => string;
}

/** A table without vertical lines, header underlined, that fits the width; too long cells end in `…`. */
export function textTable(columns: readonly TextColumn[], options: TextTableOptions): string {
  const fitted = fitColumns(columns, options.width);
  const paint = options.paint ?? ((text: string) => text);
  const gap = ' '.repeat(COLUMN_GAP);
  const table = new Table({
    head: fitted.map((column) => cut(column.title, column.width)),
    colAligns: fitted.map((column) => column.align),
    colWidths: fitted.map((column) => column.width),
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
    chars: {
      ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '' },
      ...{ bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' },
      ...{ left: '', right: '', 'left-mid': '', 'right-mid': '' },
      ...{ mid: '─', 'mid-mid': '─'.repeat(COLUMN_GAP), middle: gap },
    },
  });
  const rowCount = columns[0]?.cells.length ?? 0;
  for (let row = 0; row < rowCount; row++) {
    table.push(fitted.map((column) => paint(cut(column.cells[row]!, column.width), row)));
  }
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
