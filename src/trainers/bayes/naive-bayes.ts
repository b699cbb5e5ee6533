import { numberWhere, oneOf } from '../accepts.js';
import type { ParameterDescription, Trainer } from '../trainer.js';
import { KINDS } from './naive-bayes-kind.js';

const PARAMETERS: readonly ParameterDescription[] = [
  {
    name: 'kind',
    rule: `one of ${KINDS.join(', ')}`,
    summary: 'what a column is within a class: normal, above a threshold or not, or a count',
    default: 'gaussian',
    accepts: oneOf(...KINDS),
    search: { values: ['gaussian', 'bernoulli'] },
  },
  {
    name: 'var_smoothing',
    rule: 'a number >= 0',
    summary: 'share of the largest variance of a column that is added to all variances',
    default: 1e-9,
    accepts: numberWhere((value) => value >= 0),
    search: { min: 1e-12, max: 1, log: true },
    when: "kind == 'gaussian'",
  },
  {
    name: 'alpha',
    rule: 'a number >= 0',
    summary: 'added to every count',
    default: 1,
    accepts: numberWhere((value) => value >= 0),
    search: { min: 0.001, max: 10, log: true },
    when: "kind != 'gaussian'",
  },
  {
    name: 'binarize',
    rule: 'a number',
    summary: 'bernoulli: the threshold above which a value counts',
    default: 0,
    accepts: numberWhere(() => true),
  },
  {
    name: 'fit_prior',
    rule: 'true or false',
    summary: 'bernoulli, multinomial: whether frequent classes are more likely beforehand',
    default: true,
    accepts: oneOf(true, false),
  },
];

/**
 * Naive Bayes. Parameters and defaults are those of scikit-learn's `GaussianNB`, `BernoulliNB` and `MultinomialNB`, with
 * `kind` to choose among them.
 */
export const naiveBayesTrainer: Trainer = {
  name: 'naive-bayes',
  summary: 'naive Bayes: columns independent within a class; one pass over the data',
  tasks: ['classification'],
  parameters: PARAMETERS,
  knownGood: { kind: 'gaussian', var_smoothing: 1e-9 },
  gives: 'probabilities',
  acceptsWeights: true,
  suggested: false,
  fit: async (train, params) => (await import('./fit-naive-bayes.js')).fitNaiveBayes(train, params),
  load: async (saved) => (await import('./fit-naive-bayes.js')).loadNaiveBayes(saved),
};
