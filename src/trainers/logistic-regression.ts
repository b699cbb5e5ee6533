import { integerFrom, numberWhere, oneOf } from './accepts.js';
import { PENALTIES } from './linear/logistic-penalty.js';
import type { Trainer } from './trainer.js';

/**
 * Logistic regression: the objective, parameter names and defaults of scikit-learn's `LogisticRegression`, the intercept
 * unpenalised, the logistic form for two classes, the softmax for more. Penalties l2 and none are those of its solver
 * lbfgs: C x summed log loss + |b|^2 / 2; it ends earlier than that solver where a further iteration would improve the
 * loss by less than tol / 100 of it. Penalties l1 and elasticnet are those of its solver saga, fitted by coordinate
 * descent that ends by the same rule; `l1_ratio` is 0.5 where that has no default.
 */
export const logisticRegressionTrainer: Trainer = {
  name: 'logistic-regression',
  summary: 'linear classification, logistic or softmax, with an l2, l1 or elastic-net penalty',
  tasks: ['classification'],
  parameters: [
    {
      name: 'C',
      rule: 'a number > 0',
      summary: 'inverse of the strength of the penalty on the coefficients',
      default: 1,
      accepts: numberWhere((value) => value > 0),
      search: { min: 1e-4, max: 1e3, log: true },
    },
    {
      name: 'penalty',
      rule: `one of ${PENALTIES.join(', ')}`,
      summary: 'l2 shrinks coefficients, l1 sets those of needless columns to 0, elasticnet does both; none ignores C',
      default: 'l2',
      accepts: oneOf(...PENALTIES),
    },
    {
      name: 'l1_ratio',
      rule: 'a number from 0 to 1',
      summary: 'elasticnet: share of the l1 penalty',
      default: 0.5,
      accepts: numberWhere((value) => value >= 0 && value <= 1),
    },
    {
      name: 'class_weight',
      rule: 'null or balanced',
      summary: 'balanced weighs each class by rows / (classes * rows of the class)',
      default: null,
      accepts: oneOf(null, 'balanced'),
    },
    {
      name: 'max_iter',
      rule: 'a whole number >= 1',
      summary: 'most iterations of the optimiser; with l1 and elasticnet most passes over the classes',
      default: 100,
      accepts: integerFrom(1),
    },
    {
      name: 'tol',
      rule: 'a number > 0',
      summary:
        'stops when no component of the gradient (l1 and elasticnet: no violation of optimality) is larger, or an iteration improves the loss by less than a hundredth of it',
      default: 1e-4,
      accepts: numberWhere((value) => value > 0),
    },
  ],
  knownGood: { C: 1 },
  gives: 'probabilities',
  acceptsWeights: true,
  suggested: true,
  fit: async (train, params) =>
    (await import('./linear/fit-logistic-regression.js')).fitLogisticRegression(train, params),
  load: async (saved) => (await import('./linear/logistic-model.js')).loadLogistic(saved),
};
