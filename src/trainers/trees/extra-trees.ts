import { forestParameters } from './forest/forest-parameters.js';
import { fitOnMatrix, type TreeTrainer } from './tree-trainer.js';

const NAME = 'extra-trees';

/**
 * Extremely randomised trees (Geurts, Ernst, Wehenkel 2006) with the names and defaults of scikit-learn's
 * `ExtraTreesClassifier` and `ExtraTreesRegressor`: one random threshold a column (one random set of categories), all
 * rows for every tree. Binning and missing values as in random-forest.
 */
export const extraTreesTrainer: TreeTrainer = {
  name: NAME,
  summary: 'forest of trees with random thresholds, each tree on all rows; often as good as random-forest',
  tasks: ['classification', 'regression'],
  parameters: forestParameters(false),
  knownGood: { n_estimators: 100, max_features: 'auto', min_samples_leaf: 1 },
  gives: 'probabilities',
  acceptsWeights: true,
  acceptsNative: true,
  suggested: false,
  fit: (train, params, context) => fitOnMatrix(extraTreesTrainer, train, params, context),
  fitBinned: async (set, params, { seed }) =>
    (await import('./forest/fit-forest.js')).fitForest(NAME, set, params, seed),
  load: async (saved) => (await import('./forest/forest-model.js')).ForestModel.load(saved, NAME),
};
