import { refuseMissing } from '../refuse-missing.js';
import type { TrainerParams, TrainingSet } from '../trainer.js';
import { fitElasticNet } from './elastic-net-descent.js';
import { LinearRegressor } from './linear-regressor.js';

/** @throws TrainerError */
export function fitPenalizedRegressor(
  trainer: string,
  train: TrainingSet,
  params: TrainerParams,
  l1Ratio: number,
): LinearRegressor {
  refuseMissing(trainer, train.features, train.columns);
  const { coefficients, intercept } = fitElasticNet({
    features: train.features,
    target: train.target,
    weights: train.weights,
    alpha: params.alpha as number,
    l1Ratio,
    fitIntercept: params.fit_intercept as boolean,
    tolerance: params.tol as number,
    maxPasses: params.max_iter as number,
  });
  return new LinearRegressor(trainer, coefficients, intercept);
}
