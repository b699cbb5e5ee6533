import Table from 'cli-table3';
import { wrapText } from '../wrap-text.js';
import { COLUMN_GAP, type FittedColumn, fitColumns, type TextColumn } from './fit-columns.js';

export interface TextTableOptions {
  /** Characters a line may have. */
  readonly width: number;
  /** Colours a line of a cell. */
  readonly paint?: (text: string, row: number) => string;
}

export interface TextTable {
  readonly text: string;
  /** Titles of the columns that were dropped for the width. */
  readonly dropped: readonly string[];
}

/** A table without vertical lines, header underlined, that fits the width; long cells go on below, nothing is cut. */
export function textTable(columns: readonly TextColumn[], options: TextTableOptions): TextTable {
  const fitted = fitColumns(columns, options.width);
  const paint = options.paint ?? ((text: string) => text);
  const gap = ' '.repeat(COLUMN_GAP);
  const table = new Table({
    head: fitted.map((column) => wrapText(column.title, column.width).join('\n')),
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
    const cell = ({ cells, width }: FittedColumn) =>
      wrapText(cells[row]!, width)
        .map((line) => paint(line, row))
        .join('\n');
    table.push(fitted.map(cell));
  }
  const lines = table.toString().split('\n');
  return {
    text: lines.map((line) => line.trimEnd()).join('\n'),
    dropped: columns.map(({ title }) => title).filter((title) => !fitted.some((column) => column.title === title)),
  };
}
