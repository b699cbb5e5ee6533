import { TrainerError, type TrainerParams } from '../../trainer.js';
import type { TreeTrainingSet } from '../bins/tree-training-set.js';
import {
  type BoostingLoss,
  binaryLogLoss,
  multiclassLogLoss,
  poissonLoss,
  quantileLoss,
  squaredError,
} from './boosting-loss.js';
import type { BoostingLink } from './boosting-model.js';
import { REGRESSION_LOSSES } from './regression-losses.js';

const NAME = 'gradient-boosting';

/**
 * @param present how many classes occur; undefined for regression.
 * @throws TrainerError for a loss of the other task, or a target that the loss does not take.
 */
export function chooseLoss(
  set: TreeTrainingSet,
  params: TrainerParams,
  present: number | undefined,
): { loss: BoostingLoss; link: BoostingLink } {
  const task = present === undefined ? 'regression' : 'classification';
  const allowed = present === undefined ? REGRESSION_LOSSES : ['log_loss'];
  if (params.loss !== null && !allowed.includes(String(params.loss))) {
    throw new TrainerError(NAME, `loss must be one of ${allowed.join(', ')} for ${task}, got ${params.loss}`);
  }
  return present === undefined ? regressionLoss(set, params) : classLoss(present);
}

function classLoss(present: number): { loss: BoostingLoss; link: BoostingLink } {
  if (present <= 2) return { loss: binaryLogLoss(), link: 'logistic' };
  return { loss: multiclassLogLoss(present), link: 'softmax' };
}

function regressionLoss(set: TreeTrainingSet, params: TrainerParams): { loss: BoostingLoss; link: BoostingLink } {
  if (params.loss === 'absolute_error') return { loss: quantileLoss(0.5), link: 'identity' };
  if (params.loss === 'quantile') return { loss: quantileLoss(Number(params.quantile)), link: 'identity' };
  if (params.loss !== 'poisson') return { loss: squaredError(), link: 'identity' };
  let sum = 0;
  for (const row of set.rows) {
    const value = set.target[row]!;
    if (value < 0) {
      throw new TrainerError(NAME, `loss poisson needs a target >= 0, got ${value}; use squared_error`);
    }
    sum += value;
  }
  if (sum === 0) throw new TrainerError(NAME, 'loss poisson needs a target that is not all 0');
  return { loss: poissonLoss(), link: 'exponential' };
}
