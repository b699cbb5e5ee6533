import { classWeights, mostLikelyClasses } from './class-probabilities.js';
import { SavedFields } from './saved-model.js';
import type { Model, Trainer } from './trainer.js';

/** Says the same of every row. @param row one number (regression) or the probability of each class. */
function dummyModel(row: Float64Array, classification: boolean): Model {
  const value = classification ? mostLikelyClasses(row, 1, row.length)[0]! : row[0]!;
  const predict: Model['predict'] = (features) => new Float64Array(features.rows).fill(value);
  const toJSON = () => ({
    trainer: 'dummy',
    version: 1,
    task: classification ? 'classification' : 'regression',
    row: Array.from(row),
  });
  if (!classification) return { predict, toJSON };
  return {
    predict,
    toJSON,
    predictProba(features) {
      const probabilities = new Float64Array(features.rows * row.length);
      for (let i = 0; i < features.rows; i++) probabilities.set(row, i * row.length);
      return probabilities;
    },
  };
}

/**
 * The baseline: knows the target, ignores the features. Behaves as scikit-learn's `DummyClassifier(strategy='prior')`
 * and `DummyRegressor(strategy='mean')`.
 */
export const dummyTrainer: Trainer = {
  name: 'dummy',
  summary: 'the baseline: the most frequent class with the class frequencies as probabilities, or the mean',
  tasks: ['classification', 'regression'],
  parameters: [],
  knownGood: {},
  gives: 'probabilities',
  acceptsWeights: true,
  suggested: false,
  fit(train) {
    const { target, weights } = train;
    let total = 0;
    for (let row = 0; row < target.length; row++) total += weights === undefined ? 1 : weights[row]!;
    if (train.classes !== undefined) {
      const priors = classWeights(target, train.classes.length, weights);
      for (let k = 0; k < priors.length; k++) priors[k]! /= total;
      return dummyModel(priors, true);
    }
    let mean = 0;
    for (let row = 0; row < target.length; row++) {
      mean += target[row]! * ((weights === undefined ? 1 : weights[row]!) / total);
    }
    return dummyModel(Float64Array.of(mean), false);
  },
  load(saved) {
    const fields = SavedFields.open(saved, 'dummy', 1);
    return dummyModel(
      fields.numbers('row'),
      fields.oneOf('task', ['classification', 'regression']) === 'classification',
    );
  },
};
