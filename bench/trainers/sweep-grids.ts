import type { ParameterValue } from '../../src/trial.js';

/** The values of each parameter, the same names on both sides. */
export type SweepGrid = Readonly<Record<string, readonly ParameterValue[]>>;

/** What both sides search, by trainer. */
export const SWEEP_GRIDS: Readonly<Record<string, SweepGrid>> = {
  'random-forest': {
    n_estimators: [50, 100],
    max_depth: [null, 8],
    min_samples_leaf: [1, 3, 10],
  },
  'gradient-boosting': {
    learning_rate: [0.05, 0.1],
    max_leaf_nodes: [15, 31],
    l2_regularization: [0, 1],
  },
  svm: {
    C: [0.1, 1, 10, 100],
    gamma: [0.001, 0.01, 0.1],
  },
  'logistic-regression': {
    C: [0.001, 0.01, 0.1, 1, 10, 100],
    class_weight: [null, 'balanced'],
  },
};
