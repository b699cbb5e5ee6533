import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Dataset } from '../../src/data/dataset.js';
import { loadDataset } from '../../src/data/load-dataset.js';
import { DEFAULT_PREPROCESSING } from '../../src/data/preprocessing-options.js';
import { fitPreprocessor } from '../../src/data/preprocessor.js';
import { Random } from '../../src/random.js';
import { drawHoldout } from '../../src/validation/holdout-rows.js';
import type { Fold } from '../../src/validation/splitter.js';
import { findSplitter } from '../../src/validation/splitters/index.js';
import { type MatrixFile, writeMatrixFile } from './matrix-file.js';
import { syntheticDataset } from './synthetic-dataset.js';

export const DATA_NAMES = [
  'breast_cancer',
  'digits',
  'letter',
  'credit',
  'churn',
  'synthetic',
  'concrete',
  'diabetes',
  'synthetic-regression',
] as const;
export type DataName = (typeof DATA_NAMES)[number];

/** Splittings of a matrix file: number 0 is the hold-out, whose fold 0 tests; number 1 + seed are folds. */
export const HOLDOUT_SPLIT = 0;
export const FOLDS = 5;
export const FOLD_SEEDS = 10;
const HOLDOUT_SHARE = 0.25;

const TARGETS: Readonly<Record<string, string>> = {
  breast_cancer: 'diagnosis',
  digits: 'digit',
  letter: 'lettr',
  credit: 'Status',
  churn: 'churn',
  concrete: 'compressive_strength',
  diabetes: 'progression',
};

/** A dataset after preprocessing, in a file that both sides read. */
export interface BenchData extends MatrixFile {
  readonly name: DataName;
  readonly path: string;
}

/**
 * Imputes, one-hot encodes and standardises a table as `cml` does by default, once over all its rows, draws a hold-out
 * and the folds, and writes all to a file.
 * @param root the project's folder. @param folder for files.
 */
export async function prepareBenchData(name: DataName, root: string, folder: string): Promise<BenchData> {
  const dataset = await readDataset(name, root, folder);
  const all = Int32Array.from({ length: dataset.rows }, (_, row) => row);
  const features = fitPreprocessor(dataset, all, DEFAULT_PREPROCESSING).transform(all);
  const { target } = dataset;
  const splitter = findSplitter(target.task === 'classification' ? 'stratified' : 'kfold')!;
  const folds = (seed: number): readonly Fold[] =>
    splitter.split(dataset, all, { folds: FOLDS, repeats: 1, test: 0 }, () => new Random(seed, 'folds'));
  const splits = [
    foldNumbers(dataset.rows, [drawHoldout(dataset, all, HOLDOUT_SHARE, new Random(0, 'holdout'))]),
    ...Array.from({ length: FOLD_SEEDS }, (_, seed) => foldNumbers(dataset.rows, folds(seed))),
  ];
  const classCount = target.task === 'classification' ? target.classes.length : 0;
  const file: MatrixFile = { features, target: target.values, classCount, splits };
  const path = join(folder, `${name}.bin`);
  writeMatrixFile(path, file);
  return { ...file, name, path };
}

async function readDataset(name: DataName, root: string, folder: string): Promise<Dataset> {
  if (name === 'synthetic') return syntheticDataset(50_000, 30, 'classification');
  if (name === 'synthetic-regression') return syntheticDataset(50_000, 30, 'regression');
  let file = join(root, 'search-spaces/data', `${name}.csv`);
  if (name === 'letter') {
    file = join(folder, 'letter.csv');
    writeFileSync(file, gunzipSync(readFileSync(join(root, 'bench/data/letter.csv.gz'))));
  }
  return (await loadDataset({ file, target: TARGETS[name]!, exclude: [], types: {} })).dataset;
}

/** The fold that tests each row; -1 where none does. */
function foldNumbers(rows: number, folds: readonly Fold[]): Float64Array {
  const numbers = new Float64Array(rows).fill(-1);
  for (const [fold, { test }] of folds.entries()) for (const row of test) numbers[row] = fold;
  return numbers;
}
