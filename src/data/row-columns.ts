import { dataProblem } from './data-problem.js';
import { takeCategories, takeNumbers } from './feature-columns.js';
import { isMissing, type RawTable, type ReadColumn } from './raw-table.js';
import { sharedFloats } from './shared-arrays.js';

/** Group index a row. @throws DataError when a row has none. */
export function buildGroups(column: ReadColumn, rows: Int32Array, table: RawTable): Int32Array {
  refuseMissing(column, rows, table, 'every row needs a group', 'name its group, or take the row out');
  if (column.kind === 'text') return takeCategories(column, rows).codes;
  throw dataProblem({ file: table.file, name: column.name }, 'the group column is empty', 'name another column');
}

/** A positive weight a row. @throws DataError when one is missing or not positive. */
export function buildWeights(column: ReadColumn, rows: Int32Array, table: RawTable): Float64Array {
  refuseMissing(column, rows, table, 'every row needs a weight', 'fill it in, or take the row out');
  const weights = takeNumbers(
    column,
    rows,
    table,
    'a number',
    'weights are numbers; name another column under data.weights',
  );
  const bad = weights.findIndex((weight) => !(weight > 0));
  if (bad >= 0) {
    throw dataProblem(
      table.place(rows[bad]!, column.name),
      `a weight must be greater than 0, got ${weights[bad]}`,
      'take rows of no weight out',
    );
  }
  return weights;
}

/**
 * What orders the rows (`time`: numbers, or ISO dates as milliseconds) or numbers their fold (`predefined`: numbers, or
 * texts as their index in sorted order).
 */
export function buildOrder(
  column: ReadColumn,
  kind: 'time' | 'predefined',
  rows: Int32Array,
  table: RawTable,
): Float64Array {
  const rule = kind === 'time' ? 'every row needs a time' : 'every row needs a fold';
  refuseMissing(column, rows, table, rule, 'fill it in, or take the row out');
  if (kind === 'predefined' && column.kind === 'text') {
    const folds = sharedFloats(rows.length);
    folds.set(takeCategories(column, rows).codes);
    return folds;
  }
  return takeNumbers(column, rows, table, 'a number or an ISO date', 'write it as 2024-05-31 or 2024-05-31T12:00:00Z');
}

function refuseMissing(column: ReadColumn, rows: Int32Array, table: RawTable, rule: string, remedy: string): void {
  const row = rows.find((candidate) => isMissing(column, candidate));
  if (row !== undefined) throw dataProblem(table.place(row, column.name), rule, remedy);
}
