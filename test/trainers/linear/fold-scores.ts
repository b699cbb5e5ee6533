import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { completeParams } from '../../../src/trainers/index.js';
import type { Matrix, Trainer, TrainerParams, TrainingSet } from '../../../src/trainers/trainer.js';

const CLASSIFICATION_TABLES = ['breast_cancer', 'digits', 'wine'];
const FOLDS = 5;

export interface Table {
  readonly features: Matrix;
  readonly target: Float64Array;
  readonly classes?: readonly string[];
  readonly columns: readonly string[];
}

/** One row of a fold-scores.json, which reference/fold_scores.py makes. */
export interface ReferenceScore {
  readonly trainer: string;
  readonly params: TrainerParams;
  readonly table: string;
  readonly score: number;
  readonly scale?: 'minmax';
  readonly seeds?: number;
}

export function readReferenceScores(file: URL): readonly ReferenceScore[] {
  return (JSON.parse(readFileSync(file, 'utf8')) as { scores: readonly ReferenceScore[] }).scores;
}

/** A table of search-spaces/data with numbers only and the target last. */
export function readTable(name: string): Table {
  const text = readFileSync(new URL(`../../../search-spaces/data/${name}.csv`, import.meta.url), 'utf8');
  const lines = text
    .replaceAll('"', '')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  const columns = lines[0]!.slice(0, -1);
  const rows = lines.slice(1);
  const features = {
    data: Float64Array.from(rows.flatMap((row) => row.slice(0, -1).map(Number))),
    rows: rows.length,
    columns: columns.length,
  };
  const labels = rows.map((row) => row.at(-1)!);
  if (!CLASSIFICATION_TABLES.includes(name)) return { features, target: Float64Array.from(labels, Number), columns };
  const classes = [...new Set(labels)].sort();
  return { features, target: Float64Array.from(labels, (label) => classes.indexOf(label)), classes, columns };
}

/** The same with every column scaled to mean 0 and variance 1. */
export function readScaledTable(name: string): Table {
  const table = readTable(name);
  return { ...table, features: scaleBy(table.features, table.features)[0] };
}

export function takeRows(table: Table, rows: readonly number[]): TrainingSet {
  const { data, columns } = table.features;
  const taken = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => {
    taken.set(data.subarray(row * columns, (row + 1) * columns), i * columns);
  });
  return {
    ...table,
    features: { data: taken, rows: rows.length, columns },
    target: Float64Array.from(rows, (row) => table.target[row]!),
  };
}

/** Both scaled by the first: to mean 0 and variance 1, or to 0 … 1. */
export function scaleBy(train: Matrix, test: Matrix, scale: 'standard' | 'minmax' = 'standard'): [Matrix, Matrix] {
  const { data, rows, columns } = train;
  const shift = new Float64Array(columns);
  const spread = new Float64Array(columns);
  for (let c = 0; c < columns; c++) {
    const values = Float64Array.from({ length: rows }, (_, i) => data[i * columns + c]!);
    const mean = values.reduce((sum, value) => sum + value / rows, 0);
    const low = Math.min(...values);
    shift[c] = scale === 'minmax' ? low : mean;
    spread[c] =
      (scale === 'minmax'
        ? Math.max(...values) - low
        : Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2 / rows, 0))) || 1;
  }
  const apply = (matrix: Matrix): Matrix => ({
    ...matrix,
    data: matrix.data.map((value, i) => (value - shift[i % columns]!) / spread[i % columns]!),
  });
  return [apply(train), apply(test)];
}

/** Training rows and test rows of each fold (row number modulo 5), scaled. */
export function scaledFolds(table: Table, scale?: 'minmax'): { train: TrainingSet; test: TrainingSet }[] {
  const rows = Array.from({ length: table.features.rows }, (_, i) => i);
  return Array.from({ length: FOLDS }, (_, fold) => {
    const train = takeRows(
      table,
      rows.filter((row) => row % FOLDS !== fold),
    );
    const held = takeRows(
      table,
      rows.filter((row) => row % FOLDS === fold),
    );
    const [trainFeatures, testFeatures] = scaleBy(train.features, held.features, scale);
    return { train: { ...train, features: trainFeatures }, test: { ...held, features: testFeatures } };
  });
}

/** Accuracy or R2. */
export function scoreOf(predicted: Float64Array, truth: TrainingSet): number {
  const { target } = truth;
  if (truth.classes !== undefined) {
    return target.reduce((right, value, i) => right + (value === predicted[i] ? 1 : 0), 0) / target.length;
  }
  const mean = target.reduce((sum, value) => sum + value / target.length, 0);
  const errors = target.reduce((sum, value, i) => sum + (value - predicted[i]!) ** 2, 0);
  return 1 - errors / target.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

/** A test for each reference score: ours is within `tolerance` of it, or better. */
export function testFoldScores(trainers: readonly Trainer[], references: readonly ReferenceScore[], tolerance: number) {
  const known = new Map<string, ReturnType<typeof scaledFolds>>();
  const foldsOf = ({ table, scale }: ReferenceScore) => {
    const key = `${table} ${scale}`;
    const folds = known.get(key) ?? scaledFolds(readTable(table), scale);
    known.set(key, folds);
    return folds;
  };

  test.each(references)('$trainer $params scores on $table as scikit-learn does', async (reference) => {
    const trainer = trainers.find(({ name }) => name === reference.trainer)!;
    const params = completeParams(trainer, reference.params);
    const folds = foldsOf(reference);
    let sum = 0;
    for (const [seed, { train, test: held }] of folds.entries()) {
      const model = await trainer.fit(train, params, { seed });
      sum += scoreOf(model.predict(held.features), held) / folds.length;
    }
    expect(sum).toBeGreaterThan(reference.score - tolerance);
    if (reference.seeds === undefined) expect(sum).toBeLessThan(reference.score + tolerance);
  });
}
