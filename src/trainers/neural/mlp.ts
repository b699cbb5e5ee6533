import type { Trainer } from '../trainer.js';
import { MLP_PARAMETERS } from './mlp-parameters.js';

/**
 * A network of one to three hidden layers trained by Adam. Parameters and defaults are those of scikit-learn's
 * `MLPClassifier` and `MLPRegressor` with solver adam. Unlike there, a regression target is scaled to mean 0 and variance
 * 1 while it is learned, so that the step does not depend on its unit, and rows may have weights.
 */
export const mlpTrainer: Trainer = {
  name: 'mlp',
  summary: 'neural network with one to three hidden layers; wants scaled features',
  tasks: ['classification', 'regression'],
  parameters: MLP_PARAMETERS,
  knownGood: { hidden_layer_sizes: [100], activation: 'relu', alpha: 1e-4, learning_rate_init: 0.003 },
  gives: 'probabilities',
  acceptsWeights: true,
  suggested: false,
  fit: async (train, params, { seed }) => (await import('./fit-mlp.js')).fitMlp(train, params, seed),
  load: async (saved) => (await import('./fit-mlp.js')).loadMlp(saved),
};
