import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import Papa from 'papaparse';
import type { Dataset } from './dataset.js';

/** Lines made before they are written. */
const BATCH = 1000;

/**
 * Writes rows of a dataset with the columns and labels of the data, before preprocessing; a missing value is an empty
 * cell. The file appears when it is whole.
 */
export function writeCsv(file: string, dataset: Dataset, rows: Int32Array, withTarget: boolean): void {
  const unfinished = `${file}.${process.pid}`;
  const descriptor = openSync(unfinished, 'w');
  try {
    writeSync(descriptor, `${Papa.unparse([namesOf(dataset, withTarget)])}\n`);
    for (let start = 0; start < rows.length; start += BATCH) {
      const lines = Array.from(rows.subarray(start, start + BATCH), (row) => cellsOf(dataset, row, withTarget));
      writeSync(descriptor, `${Papa.unparse(lines, { newline: '\n' })}\n`);
    }
    closeSync(descriptor);
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

function namesOf({ features, target }: Dataset, withTarget: boolean): string[] {
  const names = features.map((column) => column.name);
  return withTarget ? [...names, target.name] : names;
}

function cellsOf({ features, target }: Dataset, row: number, withTarget: boolean): string[] {
  const cells = features.map((column) => {
    if (column.kind === 'categorical') return column.categories[column.codes[row]!] ?? '';
    const value = column.values[row]!;
    if (Number.isNaN(value)) return '';
    return String(column.kind === 'boolean' ? value === 1 : value);
  });
  if (withTarget) {
    const value = target.values[row]!;
    cells.push(target.task === 'classification' ? target.classes[value]! : String(value));
  }
  return cells;
}
