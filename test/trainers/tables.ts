import { readFileSync } from 'node:fs';
import type { Matrix, TrainingSet } from '../../src/trainers/trainer.js';

/** A shipped table whose columns are all numeric and whose last one is the target. */
interface Table {
  readonly rows: readonly (readonly number[])[];
  readonly target: Float64Array;
  readonly classes?: readonly string[];
  readonly columns: readonly string[];
}

export interface FoldOfTable {
  readonly train: TrainingSet;
  readonly test: Matrix;
  readonly truth: Float64Array;
}

export const FOLD_COUNT = 5;

function readTable(name: string, regression: boolean): Table {
  const file = new URL(`../../search-spaces/data/${name}.csv`, import.meta.url);
  const lines = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  const [header, ...cells] = lines.map((line) => line.replaceAll('"', '').split(','));
  const labels = cells.map((row) => row.at(-1)!);
  const classes = [...new Set(labels)].sort();
  return {
    rows: cells.map((row) => row.slice(0, -1).map(Number)),
    target: Float64Array.from(labels, (label) => (regression ? Number(label) : classes.indexOf(label))),
    columns: header!.slice(0, -1),
    ...(regression ? {} : { classes }),
  };
}

function standardizer(rows: readonly (readonly number[])[]): (row: readonly number[]) => number[] {
  const columns = rows[0]!.map((_, j) => rows.map((row) => row[j]!));
  const means = columns.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length);
  const deviations = columns.map((values, j) => {
    const squares = values.reduce((sum, value) => sum + (value - means[j]!) ** 2, 0);
    return Math.sqrt(squares / values.length) || 1;
  });
  return (row) => row.map((value, j) => (value - means[j]!) / deviations[j]!);
}

/** Row i is in fold i mod 5; columns are standardised by the training rows. */
export function foldsOf(name: string, regression: boolean): FoldOfTable[] {
  const { rows, target, classes, columns } = readTable(name, regression);
  return Array.from({ length: FOLD_COUNT }, (_, fold) => {
    const inTest = (_row: unknown, i: number) => i % FOLD_COUNT === fold;
    const inTrain = (row: unknown, i: number) => !inTest(row, i);
    const scale = standardizer(rows.filter(inTrain));
    const matrix = (chosen: readonly (readonly number[])[]): Matrix => ({
      data: Float64Array.from(chosen.flatMap(scale)),
      rows: chosen.length,
      columns: columns.length,
    });
    const train = { features: matrix(rows.filter(inTrain)), target: target.filter(inTrain), columns };
    return {
      train: classes === undefined ? train : { ...train, classes },
      test: matrix(rows.filter(inTest)),
      truth: target.filter(inTest),
    };
  });
}

export function accuracy(predicted: Float64Array, truth: Float64Array): number {
  return predicted.filter((value, i) => value === truth[i]).length / truth.length;
}

export function r2(predicted: Float64Array, truth: Float64Array): number {
  const mean = truth.reduce((sum, value) => sum + value, 0) / truth.length;
  const left = truth.reduce((sum, value, i) => sum + (value - predicted[i]!) ** 2, 0);
  return 1 - left / truth.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

/** Mean -log(probability of the truth), clipped at 2^-52 as scikit-learn 1.2 does for doubles. */
export function logLoss(probabilities: Float64Array, truth: Float64Array): number {
  const classes = probabilities.length / truth.length;
  const clip = (probability: number) => Math.min(Math.max(probability, 2 ** -52), 1 - 2 ** -52);
  return truth.reduce((sum, k, i) => sum - Math.log(clip(probabilities[i * classes + k]!)), 0) / truth.length;
}
