import { integerFrom, numberWhere, oneOf } from '../accepts.js';
import type { Model, ParameterDescription, Trainer, TrainerParams, TrainingSet } from '../trainer.js';

const ALPHA: ParameterDescription = {
  name: 'alpha',
  rule: 'a number >= 0',
  summary: 'strength of the penalty',
  default: 1,
  accepts: numberWhere((value) => value >= 0),
  search: { min: 1e-4, max: 10, log: true },
};

const L1_RATIO: ParameterDescription = {
  name: 'l1_ratio',
  rule: 'a number from 0 to 1',
  summary: 'share of the absolute penalty, which sets coefficients to 0; the rest is squared',
  default: 0.5,
  accepts: numberWhere((value) => value >= 0 && value <= 1),
  search: { min: 0.05, max: 1 },
};

const COMMON: readonly ParameterDescription[] = [
  {
    name: 'fit_intercept',
    rule: 'true or false',
    summary: 'whether there is a constant term',
    default: true,
    accepts: oneOf(true, false),
  },
  {
    name: 'tol',
    rule: 'a number > 0',
    summary: 'it stops when the duality gap is below tol times the squared length of the target',
    default: 1e-4,
    accepts: numberWhere((value) => value > 0),
  },
  {
    name: 'max_iter',
    rule: 'a whole number >= 1',
    summary: 'the most passes over the columns',
    default: 1000,
    accepts: integerFrom(1),
  },
];

/** Linear regression with both penalties. Parameters and defaults are those of scikit-learn's `ElasticNet`. */
export const elasticNetTrainer: Trainer = {
  name: 'elastic-net',
  summary: 'linear regression with absolute and squared penalty: keeps few columns, shares weight among similar ones',
  tasks: ['regression'],
  parameters: [ALPHA, L1_RATIO, ...COMMON],
  knownGood: { alpha: 0.1, l1_ratio: 0.5 },
  gives: 'values',
  acceptsWeights: true,
  suggested: false,
  fit: (train, params) => fitLazily('elastic-net', train, params, params.l1_ratio as number),
  load: (saved) => loadLazily('elastic-net', saved),
};

/** Linear regression with the absolute penalty. Parameters and defaults are those of scikit-learn's `Lasso`. */
export const lassoTrainer: Trainer = {
  name: 'lasso',
  summary: 'linear regression with absolute penalty: sets the coefficients of needless columns to 0',
  tasks: ['regression'],
  parameters: [ALPHA, ...COMMON],
  knownGood: { alpha: 0.1 },
  gives: 'values',
  acceptsWeights: true,
  suggested: false,
  fit: (train, params) => fitLazily('lasso', train, params, 1),
  load: (saved) => loadLazily('lasso', saved),
};

async function fitLazily(name: string, train: TrainingSet, params: TrainerParams, l1Ratio: number): Promise<Model> {
  const { fitPenalizedRegressor } = await import('./fit-elastic-net.js');
  return fitPenalizedRegressor(name, train, params, l1Ratio);
}

async function loadLazily(name: string, saved: unknown): Promise<Model> {
  const { LinearRegressor } = await import('./linear-regressor.js');
  return LinearRegressor.load(saved, name);
}
