import { ColumnBuilder } from './column-builder.js';
import { type DataPlace, dataProblem } from './data-problem.js';
import type { RawColumn, RawTable, RequestColumn } from './raw-table.js';

const MOST_COLUMNS = 100_000;
const LONGEST_NAME = 1000;
/** From so many cells on, a table must have a value in one of so many of them. */
const SPARSE_CELLS = 2e7;
const SPAREST = 200;

/** Collects a table's columns and where its rows stand, while a reader goes through the file. */
export class TableBuilder {
  readonly file: string;
  rows = 0;
  private readonly request: RequestColumn;
  private readonly names: string[] = [];
  /** How often a column was asked for: by rows, where a row may lack some. */
  private mentions = 0;
  private readonly builders = new Map<string, ColumnBuilder | undefined>();
  /** Rows from which on the line number differs from the row number by another amount, and that amount. */
  private readonly shiftRows: number[] = [];
  private readonly shifts: number[] = [];

  constructor(file: string, request: RequestColumn) {
    this.file = file;
    this.request = request;
  }

  has(name: string): boolean {
    return this.builders.has(name);
  }

  /** The builder of a column, made at its first mention; undefined when nobody asked for the column. */
  column(name: string): ColumnBuilder | undefined {
    this.mentions++;
    if (this.builders.has(name)) return this.builders.get(name);
    this.refuseColumn(name);
    const request = this.request(name);
    const builder = request.mode === 'skip' ? undefined : new ColumnBuilder(name, request);
    builder?.padTo(this.rows);
    this.builders.set(name, builder);
    this.names.push(name);
    return builder;
  }

  /** A few bytes of a file must not become gigabytes here. */
  private refuseColumn(name: string): void {
    const { file } = this;
    if (name.length > LONGEST_NAME) {
      const rule = `a column name has ${name.length} characters, at most ${LONGEST_NAME} are taken`;
      throw dataProblem({ file, name }, rule, 'is a quote missing there? else give it a shorter name');
    }
    const columns = this.names.length + 1;
    if (columns > MOST_COLUMNS) {
      throw dataProblem(
        { file },
        `the table has more than ${MOST_COLUMNS} columns`,
        'are rows and columns swapped? else write fewer columns into the file',
      );
    }
    const cells = columns * this.rows;
    if (cells > SPARSE_CELLS && cells > SPAREST * this.mentions) {
      throw dataProblem(
        { file, row: this.rows + 1 },
        `the first ${this.rows} rows have ${columns} different names, and almost no two rows the same`,
        'give all rows the same names, or write the name as the value of a column',
      );
    }
  }

  /** Ends a row. @param line its first line, 1-based, for formats that have lines. */
  endRow(line?: number): void {
    if (line !== undefined && line - this.rows !== this.shifts.at(-1)) {
      this.shiftRows.push(this.rows);
      this.shifts.push(line - this.rows);
    }
    this.rows++;
  }

  /** Gives columns that the last row lacked a missing value. */
  pad(): void {
    for (const builder of this.builders.values()) builder?.padTo(this.rows);
  }

  place(row: number, name?: string): DataPlace {
    const position = { file: this.file, ...(name === undefined ? {} : { name }) };
    if (this.shifts.length === 0) return { ...position, row: row + 1 };
    let index = this.shiftRows.length - 1;
    while (index > 0 && this.shiftRows[index]! > row) index--;
    return { ...position, line: row + this.shifts[index]! };
  }

  /** Names of columns that must be read again as text. */
  get unfinished(): readonly string[] {
    return this.names.filter((name) => this.builders.get(name)?.needsText === true);
  }

  /** @param again columns from a second reading, by name. */
  finish(again: ReadonlyMap<string, RawColumn>): RawTable {
    const columns = this.names.map(
      (name): RawColumn => again.get(name) ?? this.builders.get(name)?.finish() ?? { kind: 'skipped', name },
    );
    return { file: this.file, rows: this.rows, columns, place: (row, name) => this.place(row, name) };
  }
}
