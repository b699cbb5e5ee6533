import { anyOf, integerFrom, numberWhere, oneOf } from '../../accepts.js';
import type { ParameterDescription, TrainerParams } from '../../trainer.js';
import { TrainerError } from '../../trainer.js';
import type { ForestTrainerName } from './forest-model.js';

const CLASS_CRITERIA = ['gini', 'entropy', 'log_loss'];
const isShare = numberWhere((value) => value > 0 && value <= 1);
const isPartialShare = numberWhere((value) => value > 0 && value < 1);

/** The parameters of both forests, named as in scikit-learn. @param bootstrap its default. */
export function forestParameters(bootstrap: boolean): readonly ParameterDescription[] {
  return [
    {
      name: 'n_estimators',
      rule: 'a whole number >= 1',
      summary: 'trees',
      default: 100,
      accepts: integerFrom(1),
      search: { min: 50, max: 400, log: true, type: 'int' },
    },
    {
      name: 'criterion',
      rule: 'null, or gini, entropy or log_loss for classification, squared_error for regression',
      summary: 'what a split reduces; null is gini or squared_error',
      default: null,
      accepts: oneOf(null, ...CLASS_CRITERIA, 'squared_error'),
    },
    {
      name: 'max_depth',
      rule: 'null or a whole number >= 1',
      summary: 'most splits between the root and a leaf; null is no limit',
      default: null,
      accepts: anyOf(oneOf(null), integerFrom(1)),
    },
    {
      name: 'max_leaf_nodes',
      rule: 'null or a whole number >= 2',
      summary: 'most leaves of a tree, the best splits first; null is no limit',
      default: null,
      accepts: anyOf(oneOf(null), integerFrom(2)),
    },
    {
      name: 'min_samples_split',
      rule: 'a whole number >= 2, or a share of the training rows in (0, 1)',
      summary: 'fewest rows in a node that is split',
      default: 2,
      accepts: anyOf(integerFrom(2), isPartialShare),
    },
    {
      name: 'min_samples_leaf',
      rule: 'a whole number >= 1, or a share of the training rows in (0, 1)',
      summary: 'fewest rows in a leaf',
      default: 1,
      accepts: anyOf(integerFrom(1), isPartialShare),
      search: { min: 1, max: 20, log: true, type: 'int' },
    },
    {
      name: 'max_features',
      rule: 'auto, null, sqrt, log2, a share of the columns in (0, 1], or a whole number of columns >= 2',
      summary: 'columns drawn for each split; auto is sqrt for classes and all for numbers, null and 1 are all',
      default: 'auto',
      accepts: anyOf(oneOf('auto', null, 'sqrt', 'log2'), integerFrom(2), isShare),
      search: { min: 0.1, max: 1 },
    },
    {
      name: 'bootstrap',
      rule: 'true or false',
      summary: 'whether a tree learns from rows drawn with replacement, or from all',
      default: bootstrap,
      accepts: oneOf(true, false),
    },
    {
      name: 'max_samples',
      rule: 'null, a share of the training rows in (0, 1], or a whole number of rows >= 2',
      summary: 'rows drawn for a tree; null and 1 are as many as there are; only with bootstrap',
      default: null,
      accepts: anyOf(oneOf(null), integerFrom(2), isShare),
    },
    {
      name: 'class_weight',
      rule: 'null, balanced or balanced_subsample',
      summary: 'balanced gives every class the same weight in total, balanced_subsample in every tree',
      default: null,
      accepts: oneOf(null, 'balanced', 'balanced_subsample'),
    },
    {
      name: 'oob_score',
      rule: 'true or false; true only with bootstrap',
      summary: 'whether to score the rows that each tree did not draw',
      default: false,
      accepts: oneOf(true, false),
    },
  ];
}

/** Refuses combinations that no single parameter shows. */
export function checkForest(trainer: ForestTrainerName, params: TrainerParams, classification: boolean): void {
  const { criterion } = params;
  if (criterion !== null && CLASS_CRITERIA.includes(String(criterion)) !== classification) {
    const task = classification ? 'classification' : 'regression';
    const allowed = classification ? CLASS_CRITERIA.join(', ') : 'squared_error';
    throw new TrainerError(trainer, `criterion must be one of ${allowed} for ${task}, got ${criterion}`);
  }
  if (params.oob_score === true && params.bootstrap !== true) {
    throw new TrainerError(trainer, 'oob_score needs bootstrap: true, got false');
  }
  if (params.class_weight !== null && !classification) {
    throw new TrainerError(trainer, `class_weight must be null for regression, got ${params.class_weight}`);
  }
}
