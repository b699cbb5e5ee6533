import { anyOf, integerFrom, numberWhere, oneOf } from '../accepts.js';
import type { ParameterDescription } from '../trainer.js';
import { ACTIVATIONS } from './activation.js';

const MAX_HIDDEN_LAYERS = 3;
/** Rows a step where batch_size is auto. */
export const DEFAULT_BATCH_ROWS = 200;

const isLayerSize = integerFrom(1);

export const MLP_PARAMETERS: readonly ParameterDescription[] = [
  {
    name: 'hidden_layer_sizes',
    rule: `a whole number >= 1, or a list of one to ${MAX_HIDDEN_LAYERS} of them`,
    summary: 'the units of each hidden layer',
    default: [100],
    accepts: (value) =>
      isLayerSize(value) ||
      (Array.isArray(value) && value.length > 0 && value.length <= MAX_HIDDEN_LAYERS && value.every(isLayerSize)),
    search: { values: [[32], [100], [64, 32], [128, 64]] },
  },
  {
    name: 'activation',
    rule: `one of ${ACTIVATIONS.join(', ')}`,
    summary: 'of the hidden layers',
    default: 'relu',
    accepts: oneOf(...ACTIVATIONS),
    search: { values: ['relu', 'tanh'] },
  },
  {
    name: 'alpha',
    rule: 'a number >= 0',
    summary: 'strength of the squared penalty on weights',
    default: 1e-4,
    accepts: numberWhere((value) => value >= 0),
    search: { min: 1e-6, max: 1, log: true },
  },
  {
    name: 'learning_rate_init',
    rule: 'a number > 0',
    summary: 'the step of Adam',
    default: 0.001,
    accepts: numberWhere((value) => value > 0),
    search: { min: 1e-4, max: 0.03, log: true },
  },
  {
    name: 'batch_size',
    rule: 'auto or a whole number >= 1',
    summary: `rows a step; auto is ${DEFAULT_BATCH_ROWS}, or all rows where there are fewer`,
    default: 'auto',
    accepts: anyOf(oneOf('auto'), integerFrom(1)),
  },
  {
    name: 'max_iter',
    rule: 'a whole number >= 1',
    summary: 'the most passes over the rows',
    default: 200,
    accepts: integerFrom(1),
  },
  {
    name: 'tol',
    rule: 'a number >= 0',
    summary: 'what counts as an improvement of the loss or of the validation score',
    default: 1e-4,
    accepts: numberWhere((value) => value >= 0),
  },
  {
    name: 'n_iter_no_change',
    rule: 'a whole number >= 1',
    summary: 'passes without improvement after which it stops',
    default: 10,
    accepts: integerFrom(1),
  },
  {
    name: 'early_stopping',
    rule: 'true or false',
    summary: 'whether to set rows aside, stop by the score on them and keep the best network',
    default: false,
    accepts: oneOf(true, false),
  },
  {
    name: 'validation_fraction',
    rule: 'a number > 0 and < 1',
    summary: 'share of the rows set aside for early stopping',
    default: 0.1,
    accepts: numberWhere((value) => value > 0 && value < 1),
  },
];
