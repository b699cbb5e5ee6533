import { afterEach, expect, test, vi } from 'vitest';
import { completeParams } from '../../../src/trainers/index.js';
import { fitLogisticRegression } from '../../../src/trainers/linear/fit-logistic-regression.js';
import { logisticRegressionTrainer } from '../../../src/trainers/logistic-regression.js';
import type { TrainerParams, TrainingSet } from '../../../src/trainers/trainer.js';
import { readTable } from './fold-scores.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

function tableOf(name: string): TrainingSet {
  return readTable(name);
}

function savedFit(train: TrainingSet, params: TrainerParams): string {
  return JSON.stringify(fitLogisticRegression(train, completeParams(logisticRegressionTrainer, params)));
}

// digits has columns that are constant.
test.each([
  ['breast_cancer', {}],
  ['breast_cancer', { class_weight: 'balanced', C: 100 }],
  ['breast_cancer', { penalty: 'none', max_iter: 30 }],
  ['digits', { max_iter: 10 }],
  ['wine', { class_weight: 'balanced' }],
] as const)('%s %o: without WebAssembly the same bits', (name, params) => {
  const table = tableOf(name);
  const fast = savedFit(table, params);
  expect(savedFit(table, params)).toBe(fast);
  vi.stubGlobal('WebAssembly', undefined);
  expect(savedFit(table, params)).toBe(fast);
});

test.each(['l2', 'none', 'l1'])('penalty %s: a value that is missing or infinite is named', (penalty) => {
  const table = tableOf('breast_cancer');
  for (const target of [table.target, new Float64Array(table.target.length)]) {
    const data = table.features.data.slice();
    data[30 * 7 + 2] = Number.NaN;
    const train = { ...table, target, features: { ...table.features, data } };
    expect(() => savedFit(train, { penalty })).toThrow(`got a missing value in column ${table.columns[2]}`);
    data[30 * 7 + 2] = Number.NEGATIVE_INFINITY;
    expect(() => savedFit(train, { penalty })).toThrow(`got -Infinity in column ${table.columns[2]}`);
  }
});

test('numbers as large as there are do not count as missing', () => {
  const rows = 40;
  const data = Float64Array.from({ length: rows * 2 }, (_, at) => (at % 2 === 0 ? (at % 4) - 1 : Number.MAX_VALUE));
  const target = Float64Array.from({ length: rows }, (_, i) => Number(data[2 * i]! > 0));
  const train = { features: { data, rows, columns: 2 }, target, classes: ['no', 'yes'], columns: ['x', 'y'] };
  const model = fitLogisticRegression(train, completeParams(logisticRegressionTrainer, {}));
  expect(model.predict(train.features)).toEqual(target);
});

test.each(['l2', 'none', 'l1'])('penalty %s: numbers beyond what is squared are told apart all the same', (penalty) => {
  const rows = 40;
  const data = Float64Array.from({ length: rows }, (_, i) => ((i - 19.5) / 20) * 1e150);
  const target = Float64Array.from({ length: rows }, (_, i) => Number(i >= 20));
  const train = { features: { data, rows, columns: 1 }, target, classes: ['no', 'yes'], columns: ['x'] };
  const model = fitLogisticRegression(train, completeParams(logisticRegressionTrainer, { penalty }));
  expect(model.predict(train.features)).toEqual(target);
});
