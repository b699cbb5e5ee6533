import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { completeParams } from '../../src/trainers/index.js';
import { fitLogisticRegression } from '../../src/trainers/linear/fit-logistic-regression.js';
import { logisticRegressionTrainer } from '../../src/trainers/logistic-regression.js';
import type { TrainerParams, TrainingSet } from '../../src/trainers/trainer.js';
import { readTable, scaleBy, takeRows } from './linear/fold-scores.js';

interface Reference {
  readonly logistic: readonly {
    readonly table: string;
    readonly C: number;
    readonly l1Ratio: number;
    readonly weighted: boolean;
    readonly fitIntercept: boolean;
    readonly coefficients: readonly number[];
    readonly intercepts: readonly number[];
  }[];
  readonly unpenalized: readonly {
    readonly table: string;
    readonly columns: number;
    readonly classWeight: 'balanced' | null;
    readonly probabilities: readonly (readonly number[])[];
  }[];
}
const reference = JSON.parse(
  readFileSync(new URL('linear/reference/linear.json', import.meta.url), 'utf8'),
) as Reference;

function scaled(name: string): TrainingSet {
  const table = readTable(name);
  return { ...table, features: scaleBy(table.features, table.features)[0] };
}

function fitted(train: TrainingSet, params: TrainerParams) {
  return fitLogisticRegression(train, completeParams(logisticRegressionTrainer, params));
}

/** What a saved model holds. */
interface Saved {
  readonly functions: { readonly coefficients: readonly number[]; readonly intercepts: readonly number[] };
}

describe('penalties of scikit-learn', () => {
  const cases = reference.logistic
    .filter(({ fitIntercept }) => fitIntercept)
    .map((given) => ({ ...given, penalty: given.l1Ratio === 1 ? 'l1' : given.l1Ratio === 0 ? 'l2' : 'elasticnet' }));

  test.each(cases)('$penalty on $table, C $C', ({ table, C, penalty, l1Ratio, weighted, coefficients, intercepts }) => {
    const train = scaled(table);
    const weights = weighted ? { weights: train.target.map((_, row) => 1 + (row % 3)) } : {};
    const params = { C, penalty, tol: 1e-8, max_iter: 2000, ...(penalty === 'elasticnet' && { l1_ratio: l1Ratio }) };
    const saved = JSON.parse(JSON.stringify(fitted({ ...train, ...weights }, params))) as Saved;
    coefficients.forEach((value, i) => {
      expect(saved.functions.coefficients[i]).toBeCloseTo(value, 3);
    });
    // Those of several classes may all be shifted by the same.
    const shift = intercepts.length > 1 ? mean(saved.functions.intercepts) - mean(intercepts) : 0;
    intercepts.forEach((value, i) => {
      expect(saved.functions.intercepts[i]! - shift).toBeCloseTo(value, 3);
    });
  });

  test.each(reference.unpenalized)('none on $columns columns of $table, class_weight $classWeight', (given) => {
    const train = scaled(given.table);
    const { rows, columns: width } = train.features;
    const data = train.features.data.filter((_, i) => i % width < given.columns);
    const features = { data, rows, columns: given.columns };
    const params = { penalty: 'none', C: 1e-4, class_weight: given.classWeight, tol: 1e-8, max_iter: 2000 };
    const model = fitted({ ...train, features }, params);
    const every40th = Array.from({ length: Math.ceil(rows / 40) }, (_, i) => 40 * i);
    const ours = model.predictProba!(takeRows({ ...train, features }, every40th).features);
    given.probabilities.flat().forEach((value, i) => {
      expect(ours[i]).toBeCloseTo(value, 4);
    });
  });
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value / values.length, 0);
}

test('where probabilities are equal by rounding, the decision values still rank', () => {
  const rows = [-3, -2, -1, 1, 2, 3];
  const features = { data: Float64Array.from(rows), rows: rows.length, columns: 1 };
  const target = Float64Array.from(rows, (value) => Number(value > 0));
  const model = fitted({ features, target, classes: ['no', 'yes'], columns: ['x'] }, { C: 1e6 });
  const far = { data: Float64Array.of(50, 100, 200), rows: 3, columns: 1 };
  expect([...model.predictProba!(far)].filter((_, at) => at % 2 === 1)).toEqual([1, 1, 1]);
  const [near, middle, farthest] = model.decision!(far);
  expect(near).toBeLessThan(middle!);
  expect(middle).toBeLessThan(farthest!);
  // With a third class there is no single ranking.
  expect(fitted({ features, target, classes: ['no', 'yes', 'never'], columns: ['x'] }, {}).decision).toBeUndefined();
});
