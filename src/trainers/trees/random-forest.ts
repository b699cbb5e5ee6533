import { forestParameters } from './forest/forest-parameters.js';
import { fitOnMatrix, type TreeTrainer } from './tree-trainer.js';

const NAME = 'random-forest';

/**
 * Random forest (Breiman 2001) with the names and defaults of scikit-learn's `RandomForestClassifier` and
 * `RandomForestRegressor`. Columns are binned to at most 255 values; missing values go the better way at each split.
 * `max_features: 1` and `max_samples: 1` are all, since a space file cannot tell 1 from 1.0.
 */
export const randomForestTrainer: TreeTrainer = {
  name: NAME,
  summary: 'random forest over binned columns; takes categories and missing values as they are',
  tasks: ['classification', 'regression'],
  parameters: forestParameters(true),
  knownGood: { n_estimators: 100, max_features: 'auto', min_samples_leaf: 1 },
  gives: 'probabilities',
  acceptsWeights: true,
  acceptsNative: true,
  suggested: true,
  fit: (train, params, context) => fitOnMatrix(randomForestTrainer, train, params, context),
  fitBinned: async (set, params, { seed }) =>
    (await import('./forest/fit-forest.js')).fitForest(NAME, set, params, seed),
  load: async (saved) => (await import('./forest/forest-model.js')).ForestModel.load(saved, NAME),
};
