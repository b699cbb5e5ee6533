import { ColumnBuilder } from './column-builder.js';
import type { DataPlace } from './data-problem.js';
import type { RawColumn, RawTable, RequestColumn } from './raw-table.js';

/** Collects a table's columns and where its rows stand, while a reader goes through the file. */
export class TableBuilder {
  readonly file: string;
  rows = 0;
  private readonly request: RequestColumn;
  private readonly names: string[] = [];
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
    if (this.builders.has(name)) return this.builders.get(name);
    const request = this.request(name);
    const builder = request.mode === 'skip' ? undefined : new ColumnBuilder(name, request);
    builder?.padTo(this.rows);
    this.builders.set(name, builder);
    this.names.push(name);
    return builder;
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
