import { integerFrom, numberWhere, oneOf } from '../accepts.js';
import { CLASS_WEIGHT } from '../sample-weights.js';
import type { ParameterDescription, Trainer } from '../trainer.js';
import { CLASSIFICATION_LOSSES, REGRESSION_LOSSES } from './linear-svm-losses.js';

const PARAMETERS: readonly ParameterDescription[] = [
  {
    name: 'C',
    rule: 'a number > 0',
    summary: 'the price of an error; smaller is smoother',
    default: 1,
    accepts: numberWhere((value) => value > 0),
    search: { min: 1e-4, max: 100, log: true },
  },
  {
    name: 'loss',
    rule: `null; classification: one of ${CLASSIFICATION_LOSSES.join(', ')}; regression: one of ${REGRESSION_LOSSES.join(', ')}`,
    summary: 'null is squared_hinge for classification and epsilon_insensitive for regression',
    default: null,
    accepts: oneOf(null, ...CLASSIFICATION_LOSSES, ...REGRESSION_LOSSES),
  },
  {
    name: 'epsilon',
    rule: 'a number >= 0',
    summary: 'regression: errors below it cost nothing, in units of the target',
    default: 0,
    accepts: numberWhere((value) => value >= 0),
  },
  CLASS_WEIGHT,
  {
    name: 'fit_intercept',
    rule: 'true or false',
    summary: 'whether there is a constant term',
    default: true,
    accepts: oneOf(true, false),
  },
  {
    name: 'intercept_scaling',
    rule: 'a number > 0',
    summary: 'the larger, the less the penalty holds the constant term back',
    default: 1,
    accepts: numberWhere((value) => value > 0),
  },
  {
    name: 'tol',
    rule: 'a number > 0',
    summary: 'violation of optimality at which it stops',
    default: 1e-4,
    accepts: numberWhere((value) => value > 0),
  },
  {
    name: 'max_iter',
    rule: 'a whole number >= 1',
    summary: 'the most passes over the rows',
    default: 1000,
    accepts: integerFrom(1),
  },
];

/**
 * Linear support vector machine by dual coordinate descent: one machine, or one against the rest for each class.
 * Parameters and defaults are those of scikit-learn's `LinearSVC` and `LinearSVR` (l2 penalty, dual form).
 */
export const linearSvmTrainer: Trainer = {
  name: 'linear-svm',
  summary: 'linear support vector machine, for many rows or many columns',
  tasks: ['classification', 'regression'],
  parameters: PARAMETERS,
  knownGood: { C: 0.1 },
  gives: 'decision',
  acceptsWeights: true,
  suggested: false,
  fit: async (train, params, { seed }) => (await import('./fit-linear-svm.js')).fitLinearSvm(train, params, seed),
  load: async (saved) => (await import('./fit-linear-svm.js')).loadLinearSvm(saved),
};
