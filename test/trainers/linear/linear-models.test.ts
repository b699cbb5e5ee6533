import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { StorageError } from '../../../src/errors.js';
import { completeParams } from '../../../src/trainers/index.js';
import { elasticNetTrainer, lassoTrainer } from '../../../src/trainers/linear/elastic-net.js';
import { linearSvmTrainer } from '../../../src/trainers/linear/linear-svm.js';
import type { Model, TrainerParams, TrainingSet } from '../../../src/trainers/trainer.js';
import { readScaledTable } from './fold-scores.js';

interface ReferenceModel {
  readonly trainer: string;
  readonly table: string;
  readonly params: TrainerParams;
  readonly weighted: boolean;
  readonly coefficients: readonly number[];
  readonly intercepts: readonly number[];
}
const { models } = JSON.parse(readFileSync(new URL('reference/linear.json', import.meta.url), 'utf8')) as {
  models: readonly ReferenceModel[];
};
const TRAINERS = [linearSvmTrainer, lassoTrainer, elasticNetTrainer];

async function fitByName(name: string, train: TrainingSet, params: TrainerParams): Promise<Model> {
  const trainer = TRAINERS.find((candidate) => candidate.name === name)!;
  return trainer.fit(train, completeParams(trainer, params), { seed: 1 });
}

function scaled(name: string, weighted = false): TrainingSet {
  const table = readScaledTable(name);
  return {
    ...table,
    ...(weighted ? { weights: table.target.map((_, row) => 1 + (row % 3)) } : {}),
  };
}

/** What a saved linear model holds, whichever trainer wrote it. */
interface Saved {
  readonly coefficients?: readonly number[];
  readonly intercept?: number;
  readonly functions?: { readonly coefficients: readonly number[]; readonly intercepts: readonly number[] };
}

describe('coefficients', () => {
  test.each(models)('$trainer on $table $params, weighted $weighted: those of scikit-learn', async (model) => {
    const train = scaled(model.table, model.weighted);
    const params = { tol: 1e-9, max_iter: 100_000, ...model.params };
    const saved = JSON.parse(JSON.stringify(await fitByName(model.trainer, train, params))) as Saved;
    const coefficients = saved.coefficients ?? saved.functions!.coefficients;
    const intercepts = saved.functions?.intercepts ?? [saved.intercept!];
    expect(coefficients).toHaveLength(model.coefficients.length);
    const size = Math.max(...model.coefficients.map(Math.abs));
    model.coefficients.forEach((value, i) => {
      expect(Math.abs(coefficients[i]! - value)).toBeLessThan(2e-4 * size);
    });
    model.intercepts.forEach((value, i) => {
      expect(Math.abs(intercepts[i]! - value)).toBeLessThan(2e-4 * Math.max(size, Math.abs(value)));
    });
  });

  test('a strong penalty leaves the mean, and exactly 0', async () => {
    const train = scaled('diabetes');
    const model = await fitByName('lasso', train, { alpha: 1000 });
    const mean = train.target.reduce((sum, value) => sum + value / train.target.length, 0);
    for (const value of model.predict(train.features)) expect(value).toBeCloseTo(mean, 9);
  });
});

describe('linear-svm', () => {
  test('has one decision value a row for two classes, none for three', async () => {
    const two = scaled('breast_cancer');
    expect((await fitByName('linear-svm', two, {})).decision!(two.features)).toHaveLength(two.target.length);
    expect((await fitByName('linear-svm', scaled('wine'), {})).decision).toBeUndefined();
  });

  test('refuses a loss of the other task', async () => {
    await expect(fitByName('linear-svm', scaled('wine'), { loss: 'epsilon_insensitive' })).rejects.toThrow(
      'linear-svm: loss must be null or one of squared_hinge, hinge for classification, got epsilon_insensitive',
    );
    await expect(fitByName('linear-svm', scaled('diabetes'), { loss: 'hinge' })).rejects.toThrow('got hinge');
  });
});

test.each([
  ['linear-svm', 'wine'],
  ['linear-svm', 'diabetes'],
  ['lasso', 'diabetes'],
])('what toJSON of %s on %s gave is read without a way through text too', async (name, table) => {
  const train = scaled(table);
  const model = await fitByName(name, train, {});
  const loaded = await TRAINERS.find((trainer) => trainer.name === name)!.load!(model.toJSON!());
  expect(loaded.predict(train.features)).toEqual(model.predict(train.features));
});

test('a saved model of another trainer is refused', async () => {
  const saved = JSON.parse(JSON.stringify(await fitByName('lasso', scaled('diabetes'), {})));
  await expect(elasticNetTrainer.load!(saved)).rejects.toThrow(StorageError);
});
