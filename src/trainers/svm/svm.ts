import { anyOf, integerFrom, numberWhere, oneOf } from '../accepts.js';
import { CLASS_WEIGHT } from '../sample-weights.js';
import type { ParameterDescription, Trainer } from '../trainer.js';
import { KERNELS } from './kernel.js';

const PARAMETERS: readonly ParameterDescription[] = [
  {
    name: 'C',
    rule: 'a number > 0',
    summary: 'the price of an error; smaller is smoother',
    default: 1,
    accepts: numberWhere((value) => value > 0),
    search: { min: 0.01, max: 1000, log: true },
  },
  {
    name: 'kernel',
    rule: `one of ${KERNELS.join(', ')}`,
    summary: 'linear x.z, rbf exp(-gamma |x-z|^2), poly (gamma x.z + coef0)^degree, sigmoid tanh(gamma x.z + coef0)',
    default: 'rbf',
    accepts: oneOf(...KERNELS),
    search: { values: ['linear', 'rbf'] },
  },
  {
    name: 'gamma',
    rule: 'scale, auto or a number >= 0',
    summary: 'scale is 1 / (columns * variance of the features), auto is 1 / columns',
    default: 'scale',
    accepts: anyOf(
      oneOf('scale', 'auto'),
      numberWhere((value) => value >= 0),
    ),
    search: { min: 1e-4, max: 1, log: true },
    when: "kernel != 'linear'",
  },
  {
    name: 'degree',
    rule: 'a whole number >= 0',
    summary: 'of the poly kernel',
    default: 3,
    accepts: integerFrom(0),
  },
  {
    name: 'coef0',
    rule: 'a number',
    summary: 'the constant in the poly and sigmoid kernels',
    default: 0,
    accepts: numberWhere(() => true),
  },
  {
    name: 'epsilon',
    rule: 'a number >= 0',
    summary: 'regression: errors below it cost nothing, in units of the target',
    default: 0.1,
    accepts: numberWhere((value) => value >= 0),
  },
  CLASS_WEIGHT,
  {
    name: 'tol',
    rule: 'a number > 0',
    summary: 'violation of optimality at which it stops',
    default: 1e-3,
    accepts: numberWhere((value) => value > 0),
  },
  {
    name: 'max_iter',
    rule: '-1 or a whole number >= 1',
    summary: 'most steps of the optimiser for each machine; -1 is the larger of 10 million and 100 a row',
    default: -1,
    accepts: anyOf(oneOf(-1), integerFrom(1)),
  },
  {
    name: 'shrinking',
    rule: 'true or false',
    summary: 'puts rows aside that are settled; changes speed, hardly the result',
    default: true,
    accepts: oneOf(true, false),
  },
  {
    name: 'cache_size',
    rule: 'a number > 0',
    summary: 'megabytes of kernel values kept',
    default: 200,
    accepts: numberWhere((value) => value > 0),
  },
];

/**
 * Support vector machine: classification by one machine for each pair of classes and votes, or regression with an
 * epsilon tube. Parameters and defaults are those of scikit-learn's `SVC` and `SVR`. Class probabilities (Platt's
 * sigmoids from five inner folds) are computed when they are first asked for, so there is no `probability` parameter.
 */
export const svmTrainer: Trainer = {
  name: 'svm',
  summary: 'support vector machine with linear, rbf, poly or sigmoid kernel; strong on up to some 20,000 scaled rows',
  tasks: ['classification', 'regression'],
  parameters: PARAMETERS,
  knownGood: { C: 1, kernel: 'rbf', gamma: 'scale' },
  gives: 'probabilities',
  acceptsWeights: true,
  suggested: false,
  fit: async (train, params, { seed }) => (await import('./fit-svm.js')).fitSvm(train, params, seed),
  load: async (saved) => (await import('./fit-svm.js')).loadSvm(saved),
};
