import { anyOf, integerFrom, numberWhere, oneOf } from '../accepts.js';
import { REGRESSION_LOSSES } from './boosting/regression-losses.js';
import { fitOnMatrix, type TreeTrainer } from './tree-trainer.js';

const isShare = numberWhere((value) => value > 0 && value <= 1);

/**
 * Histogram gradient boosting with the names and defaults of scikit-learn's `HistGradientBoostingClassifier` and
 * `HistGradientBoostingRegressor`, and `subsample` as in its `GradientBoosting` ones. With early stopping the model is
 * that of the best iteration, not of the last one. `max_features: 1` is all columns.
 */
export const gradientBoostingTrainer: TreeTrainer = {
  name: 'gradient-boosting',
  summary: 'boosted trees over binned columns; takes categories and missing values as they are',
  tasks: ['classification', 'regression'],
  parameters: [
    {
      name: 'loss',
      rule: 'null, or log_loss for classification, one of squared_error, absolute_error, quantile, poisson for regression',
      summary: 'what is minimised; null is log_loss or squared_error',
      default: null,
      accepts: oneOf(null, 'log_loss', ...REGRESSION_LOSSES),
    },
    {
      name: 'quantile',
      rule: 'a number in (0, 1)',
      summary: 'which quantile to predict with loss quantile',
      default: 0.5,
      accepts: numberWhere((value) => value > 0 && value < 1),
    },
    {
      name: 'learning_rate',
      rule: 'a number > 0',
      summary: 'what each tree is shrunk by',
      default: 0.1,
      accepts: numberWhere((value) => value > 0),
      search: { min: 0.02, max: 0.3, log: true },
    },
    {
      name: 'max_iter',
      rule: 'a whole number >= 1',
      summary: 'iterations: trees, or trees a class where there are more than two',
      default: 100,
      accepts: integerFrom(1),
      search: { min: 50, max: 400, log: true, type: 'int' },
    },
    {
      name: 'max_leaf_nodes',
      rule: 'null or a whole number >= 2',
      summary: 'most leaves of a tree; null is no limit',
      default: 31,
      accepts: anyOf(oneOf(null), integerFrom(2)),
      search: { min: 7, max: 63, log: true, type: 'int' },
    },
    {
      name: 'max_depth',
      rule: 'null or a whole number >= 1',
      summary: 'most splits between the root and a leaf; null is no limit',
      default: null,
      accepts: anyOf(oneOf(null), integerFrom(1)),
    },
    {
      name: 'min_samples_leaf',
      rule: 'a whole number >= 1',
      summary: 'fewest rows in a leaf',
      default: 20,
      accepts: integerFrom(1),
      search: { min: 5, max: 60, log: true, type: 'int' },
    },
    {
      name: 'l2_regularization',
      rule: 'a number >= 0',
      summary: 'what is added to the curvature of a leaf',
      default: 0,
      accepts: numberWhere((value) => value >= 0),
      search: { min: 1e-3, max: 10, log: true },
    },
    {
      name: 'subsample',
      rule: 'a share of the training rows in (0, 1]',
      summary: 'rows that an iteration learns from, drawn without replacement',
      default: 1,
      accepts: isShare,
    },
    {
      name: 'max_features',
      rule: 'a share of the columns in (0, 1], or a whole number of columns >= 2',
      summary: 'columns drawn for each split; 1 is all',
      default: 1,
      accepts: anyOf(integerFrom(2), isShare),
    },
    {
      name: 'early_stopping',
      rule: 'auto, true or false',
      summary: 'whether to stop when rows set aside from the training rows see no gain; auto is beyond 10,000 rows',
      default: 'auto',
      accepts: oneOf('auto', true, false),
    },
    {
      name: 'validation_fraction',
      rule: 'a number in (0, 1)',
      summary: 'share of the training rows set aside for early stopping',
      default: 0.1,
      accepts: numberWhere((value) => value > 0 && value < 1),
    },
    {
      name: 'n_iter_no_change',
      rule: 'a whole number >= 1',
      summary: 'iterations without gain after which to stop',
      default: 10,
      accepts: integerFrom(1),
    },
    {
      name: 'tol',
      rule: 'a number >= 0',
      summary: 'least decrease of the loss that counts as gain',
      default: 1e-7,
      accepts: numberWhere((value) => value >= 0),
    },
  ],
  knownGood: { learning_rate: 0.1, max_iter: 100, max_leaf_nodes: 31, min_samples_leaf: 20 },
  gives: 'probabilities',
  acceptsWeights: true,
  acceptsNative: true,
  suggested: true,
  fit: (train, params, context) => fitOnMatrix(gradientBoostingTrainer, train, params, context),
  fitBinned: async (set, params, { seed }) =>
    (await import('./boosting/fit-boosting.js')).fitBoosting(set, params, seed),
  load: async (saved) => (await import('./boosting/boosting-model.js')).BoostingModel.load(saved),
};
