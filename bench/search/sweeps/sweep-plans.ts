import type { BenchParameter } from '../parameters.js';
import { choice, float, int, logFloat, logInt, whenIs } from '../parameters.js';

export interface SweepModel {
  /** The trainer, which is also the name of the model. */
  readonly trainer: string;
  readonly parameters: readonly BenchParameter[];
  /** Parameters that are not searched. */
  readonly fixed?: Readonly<Record<string, string | number>>;
  /** Whether columns are standardised on the training rows of each fold. */
  readonly isScaled?: boolean;
}

/** What both sides search: the same table, folds, metric, parameters and ranges. */
export interface SweepPlan {
  readonly name: string;
  /** Of search-spaces/data; numeric columns only. */
  readonly table: string;
  readonly target: string;
  readonly task: 'classification' | 'regression';
  readonly metric: 'r2' | 'log_loss';
  readonly models: readonly SweepModel[];
}

const FOREST: SweepModel = {
  trainer: 'random-forest',
  parameters: [float('max_features', 0.1, 1), logInt('min_samples_leaf', 1, 30), int('max_depth', 2, 16)],
  fixed: { n_estimators: 100 },
};
const BOOSTING: SweepModel = {
  trainer: 'gradient-boosting',
  parameters: [
    logFloat('learning_rate', 0.02, 0.5),
    logInt('max_iter', 20, 120),
    logInt('max_leaf_nodes', 3, 31),
    logInt('min_samples_leaf', 3, 60),
    logFloat('l2_regularization', 1e-3, 10),
  ],
};
const LOGISTIC: SweepModel = {
  trainer: 'logistic-regression',
  parameters: [logFloat('C', 1e-3, 100), float('l1_ratio', 0, 1)],
  fixed: { penalty: 'elasticnet', max_iter: 1000 },
  isScaled: true,
};
const SVM: SweepModel = {
  trainer: 'svm',
  parameters: [
    logFloat('C', 0.1, 100),
    logFloat('epsilon', 0.01, 10),
    choice('kernel', ['linear', 'rbf']),
    ...whenIs('kernel', 'rbf', [logFloat('gamma', 1e-4, 1)]),
  ],
  isScaled: true,
};
const NEIGHBORS: SweepModel = {
  trainer: 'knn',
  parameters: [int('n_neighbors', 3, 60), choice('weights', ['uniform', 'distance']), float('p', 1, 3)],
  isScaled: true,
};

const CONCRETE = { table: 'concrete', target: 'compressive_strength', task: 'regression', metric: 'r2' } as const;
const CANCER = { table: 'breast_cancer', target: 'diagnosis', task: 'classification', metric: 'log_loss' } as const;
const WINE = { table: 'wine', target: 'cultivar', task: 'classification', metric: 'log_loss' } as const;

export const SWEEP_PLANS: readonly SweepPlan[] = [
  { name: 'forest', ...WINE, models: [FOREST] },
  { name: 'boosting', ...CONCRETE, models: [BOOSTING] },
  { name: 'svm', ...CONCRETE, models: [SVM] },
  { name: 'logistic regression', ...CANCER, models: [LOGISTIC] },
  { name: 'mixed families', ...CANCER, models: [LOGISTIC, FOREST, BOOSTING, NEIGHBORS] },
];
