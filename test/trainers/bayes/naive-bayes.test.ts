import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fitNaiveBayes, loadNaiveBayes } from '../../../src/trainers/bayes/fit-naive-bayes.js';
import { naiveBayesTrainer } from '../../../src/trainers/bayes/naive-bayes.js';
import { completeParams } from '../../../src/trainers/index.js';
import type { Model, TrainerParams, TrainingSet } from '../../../src/trainers/trainer.js';
import { readTable, takeRows } from '../linear/fold-scores.js';

const { fits } = JSON.parse(readFileSync(new URL('reference/naive-bayes.json', import.meta.url), 'utf8')) as {
  fits: readonly { readonly params: TrainerParams; readonly probabilities: readonly (readonly number[])[] }[];
};
const wine = readTable('wine');
const everySeventeenth = takeRows(
  wine,
  Array.from({ length: Math.ceil(wine.target.length / 17) }, (_, i) => 17 * i),
).features;

function fitBayes(train: TrainingSet, params: TrainerParams): Model {
  return fitNaiveBayes(train, completeParams(naiveBayesTrainer, params));
}

test.each(fits)('$params: probabilities of scikit-learn', ({ params, probabilities }) => {
  const model = fitBayes({ ...wine, weights: wine.target.map((_, row) => 1 + (row % 3)) }, params);
  const ours = model.predictProba!(everySeventeenth);
  probabilities.flat().forEach((value, i) => {
    expect(ours[i]).toBeCloseTo(value, 8);
  });
});

test.each(fits)('$params: a saved model predicts identically', ({ params }) => {
  const model = fitBayes(wine, params);
  const loaded = loadNaiveBayes(JSON.parse(JSON.stringify(model)));
  expect(loaded.predictProba!(wine.features)).toEqual(model.predictProba!(wine.features));
  expect(loaded.predict(wine.features)).toEqual(model.predict(wine.features));
});

test('multinomial refuses negative values by name', () => {
  const features = { ...wine.features, data: wine.features.data.map((value, i) => (i === 15 ? -2 : value)) };
  expect(() => fitBayes({ ...wine, features }, { kind: 'multinomial' })).toThrow(
    'naive-bayes: kind multinomial takes values >= 0 only, got -2 in column ash; set preprocess.scale to none or minmax',
  );
});
