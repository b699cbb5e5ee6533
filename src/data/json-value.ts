import type { ColumnBuilder } from './column-builder.js';
import { dataProblem } from './data-problem.js';
import type { TableBuilder } from './table-builder.js';

/** Adds a parsed JSON value to a column. @throws DataError for a nested one. */
export function addJsonValue(column: ColumnBuilder, value: unknown, table: TableBuilder, line?: number): void {
  if (typeof value === 'number') column.addNumber(value);
  else if (typeof value === 'string') column.addText(value);
  else if (typeof value === 'boolean') column.addText(String(value));
  else if (value === null || value === undefined) column.addMissing();
  else {
    const place = { file: table.file, name: column.name };
    throw dataProblem(
      line === undefined ? { ...place, row: column.length + 1 } : { ...place, line },
      `a cell must be a number, a text, true, false or null, got ${Array.isArray(value) ? 'a list' : 'an object'}`,
      'write its parts as columns of their own, or exclude the column',
    );
  }
}

/** Adds an object as a row; columns that it lacks are missing, new ones are added to the table. */
export function addJsonRow(table: TableBuilder, row: unknown, line?: number): void {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) {
    const place = line === undefined ? { row: table.rows + 1 } : { line };
    throw dataProblem(
      { file: table.file, ...place },
      `a row must be an object, got ${Array.isArray(row) ? 'a list' : row === null ? 'null' : `a ${typeof row}`}`,
      'write each row as {"column": value, …}',
    );
  }
  for (const [key, value] of Object.entries(row)) {
    const name = key.trim();
    if (name === '') {
      throw dataProblem(
        { file: table.file, ...(line === undefined ? { row: table.rows + 1 } : { line }) },
        'a column has no name',
        'name it',
      );
    }
    const column = table.column(name);
    if (column === undefined) continue;
    if (column.length > table.rows) {
      throw dataProblem(
        { file: table.file, name, ...(line === undefined ? { row: table.rows + 1 } : { line }) },
        'the column name stands more than once in the row',
        'rename all but one',
      );
    }
    column.padTo(table.rows);
    addJsonValue(column, value, table, line);
  }
  table.endRow(line);
}
