import { numberWhere } from './accepts.js';
import type { Trainer } from './trainer.js';

/**
 * Linear least squares with an l2 penalty, as scikit-learn's `Ridge`: same objective, parameter name and default;
 * solved exactly.
 */
export const ridgeTrainer: Trainer = {
  name: 'ridge',
  summary: 'linear regression with an l2 penalty, solved exactly',
  tasks: ['regression'],
  parameters: [
    {
      name: 'alpha',
      rule: 'a number >= 0',
      summary: 'strength of the penalty on the coefficients; the intercept is not penalised',
      default: 1,
      accepts: numberWhere((value) => value >= 0),
      search: { min: 1e-4, max: 1e4, log: true },
    },
  ],
  knownGood: { alpha: 1 },
  gives: 'values',
  acceptsWeights: true,
  suggested: true,
  fit: async (train, params) => (await import('./linear/fit-ridge.js')).fitRidge(train, params.alpha as number),
  load: async (saved) => (await import('./linear/fit-ridge.js')).loadRidge(saved),
};
