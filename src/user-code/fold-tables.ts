import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeCsv } from '../data/csv-writer.js';
import type { Dataset } from '../data/dataset.js';
import type { Fold } from '../validation/splitter.js';

export interface FoldTables {
  readonly train: string;
  /** Without the target. */
  readonly test: string;
}

/**
 * The rows of a fold as CSV files. They are the same for every trial, so they are written once, by whoever needs them
 * first.
 * @param folder of the run's fold tables. @param fold its index.
 */
export function writeFoldTables(folder: string, fold: number, dataset: Dataset, { train, test }: Fold): FoldTables {
  mkdirSync(folder, { recursive: true });
  const tables = {
    train: join(folder, `fold-${fold + 1}-train.csv`),
    test: join(folder, `fold-${fold + 1}-test.csv`),
  };
  if (!existsSync(tables.train)) writeCsv(tables.train, dataset, train, true);
  if (!existsSync(tables.test)) writeCsv(tables.test, dataset, test, false);
  return tables;
}
