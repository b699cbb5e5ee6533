import type { ParseError, ParseResult } from 'papaparse';
import papaparse from 'papaparse';
import { trimCell } from './cell.js';
import type { ColumnBuilder } from './column-builder.js';
import { dataProblem, listNames } from './data-problem.js';
import type { TableBuilder } from './table-builder.js';
import { LONGEST_RECORD_BYTES, readTextBlocks } from './text-blocks.js';

/**
 * Reads delimited text into a table, block by block: RFC 4180, with line feeds or carriage returns alone as well, blank
 * lines skipped, blanks around cells cut.
 * @param delimiter undefined: whichever of comma, semicolon and tab the header has most of.
 */
export async function readCsv(table: TableBuilder, delimiter?: ',' | ';' | '\t'): Promise<void> {
  let parser: papaparse.Parser | undefined;
  let header: Header | undefined;
  let rest = '';
  let line = 1;
  for await (const block of readTextBlocks(table.file)) {
    let text = rest + block.text;
    if (block.last && block.newline === '\n' && text.endsWith('\r')) text = text.slice(0, -1);
    parser ??= new papaparse.Parser({ delimiter: delimiter ?? sniffDelimiter(text), newline: block.newline });
    const parsed: ParseResult<string[]> = parser.parse(text, 0, !block.last);
    const malformed = parsed.errors.find((error) => error.type === 'Quotes');
    if (malformed !== undefined) throw quoteProblem(table, text, line, malformed, block.newline);

    const consumed = parsed.meta.cursor;
    const lines = countNewlines(text, consumed, block.newline);
    const oneLineEach = lines <= parsed.data.length;
    for (const cells of parsed.data) {
      const height = oneLineEach ? 1 : 1 + countNewlinesInCells(cells, block.newline);
      if (!isBlank(cells)) {
        if (header === undefined) header = createHeader(table, cells, line);
        else header.addRow(cells, line);
      }
      line += height;
    }
    rest = text.slice(consumed);
    if (rest.length > LONGEST_RECORD_BYTES) {
      throw dataProblem(
        { file: table.file, line },
        'the row that begins here goes on for more than 16 MiB',
        'close the quote that is open there',
      );
    }
  }
  if (header === undefined) {
    throw dataProblem({ file: table.file }, 'the file is empty', 'it needs a header line and rows');
  }
}

interface Header {
  addRow(cells: readonly string[], line: number): void;
}

function createHeader(table: TableBuilder, cells: readonly string[], line: number): Header {
  const names = cells.map(trimCell);
  const place = { file: table.file, line };
  const unnamed = names.indexOf('');
  if (unnamed >= 0) {
    throw dataProblem(
      place,
      `column ${unnamed + 1} has no name`,
      'name it, or write the file without it (a data frame writes its index so)',
    );
  }
  const builders: (ColumnBuilder | undefined)[] = [];
  const repeated = new Set<string>();
  for (const name of names) {
    if (table.has(name)) repeated.add(name);
    else builders.push(table.column(name));
  }
  if (repeated.size > 0) {
    const which = listNames([...repeated]);
    throw dataProblem(place, `these column names stand more than once: ${which}`, 'rename all but one of each');
  }
  return {
    addRow(row, rowLine) {
      if (row.length !== builders.length) throw raggedProblem(table, row.length, builders.length, rowLine);
      for (let index = 0; index < builders.length; index++) builders[index]?.addText(row[index]!);
      table.endRow(rowLine);
    },
  };
}

function raggedProblem(table: TableBuilder, cells: number, columns: number, line: number) {
  return dataProblem(
    { file: table.file, line },
    `the row has ${cells} ${cells === 1 ? 'cell' : 'cells'}, the header has ${columns}`,
    cells > columns ? 'put cells that hold the delimiter in quotes' : 'write an empty cell where a value is missing',
  );
}

function quoteProblem(table: TableBuilder, text: string, firstLine: number, error: ParseError, newline: string) {
  const index = error.index ?? 0;
  const line = firstLine + countNewlines(text, index, newline);
  const column = index - (text.lastIndexOf(newline, Math.max(0, index - 1)) + 1);
  const place = { file: table.file, line, column: Math.max(1, column) };
  return error.code === 'MissingQuotes'
    ? dataProblem(place, 'the quote that opens here is never closed', 'close it, or double it inside a quoted cell')
    : dataProblem(place, 'text follows the closing quote of this cell', 'double a quote that stands in a quoted cell');
}

/** The delimiter that stands most often in the header line, outside quotes. */
function sniffDelimiter(text: string): ',' | ';' | '\t' {
  const counts = { ',': 0, ';': 0, '\t': 0 };
  let quoted = false;
  const start = text.search(/\S/);
  for (let index = Math.max(0, start); index < text.length; index++) {
    const character = text[index]!;
    if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === '\n' || character === '\r') break;
    else if (character === ',' || character === ';' || character === '\t') counts[character]++;
  }
  if (counts[';'] > counts[',']) return counts['\t'] > counts[';'] ? '\t' : ';';
  return counts['\t'] > counts[','] ? '\t' : ',';
}

function isBlank(cells: readonly string[]): boolean {
  return cells.length === 1 && cells[0]!.trim() === '';
}

function countNewlines(text: string, end: number, newline: string): number {
  let count = 0;
  for (let at = text.indexOf(newline); at >= 0 && at < end; at = text.indexOf(newline, at + 1)) count++;
  return count;
}

function countNewlinesInCells(cells: readonly string[], newline: string): number {
  let count = 0;
  for (const cell of cells) {
    for (let at = cell.indexOf(newline); at >= 0; at = cell.indexOf(newline, at + 1)) count++;
  }
  return count;
}
