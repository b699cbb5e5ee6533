import type { TrainerParams } from '../../src/trainers/trainer.js';
import type { BenchData, DataName } from './bench-data.js';

/** A trainer, or one way to use it, beside its counterpart in scikit-learn. */
export interface Subject {
  readonly label: string;
  readonly trainer: string;
  readonly params: TrainerParams;
  /** Of the counterpart, where they differ. */
  readonly peerParams?: TrainerParams;
  readonly tasks: 'classification' | 'regression' | 'both';
  /** Only these tables; absent: all that fit. */
  readonly data?: readonly DataName[];
  /** Whether the time of predicting counts too: all the work of knn is there. */
  readonly countsPredict?: boolean;
  /** A package that is slower by orders of magnitude: measured once. */
  readonly isPackage?: boolean;
}

const SMALL: readonly DataName[] = ['breast_cancer', 'digits', 'concrete'];

function alike(
  trainer: string,
  tasks: Subject['tasks'],
  params: TrainerParams = {},
  rest: Partial<Subject> = {},
): Subject {
  return { label: trainer, trainer, params, tasks, ...rest };
}

/** Every trainer that has a counterpart, at the defaults that both share unless said. */
export const SUBJECTS: readonly Subject[] = [
  alike('random-forest', 'both'),
  alike('extra-trees', 'both'),
  alike('gradient-boosting', 'both'),
  alike('svm', 'both'),
  alike('linear-svm', 'both'),
  alike('logistic-regression', 'classification'),
  alike('ridge', 'regression'),
  alike('lasso', 'regression', { alpha: 0.01 }),
  alike('elastic-net', 'regression', { alpha: 0.01 }),
  alike('knn', 'both', {}, { countsPredict: true }),
  alike('knn', 'both', { weights: 'distance', n_neighbors: 15 }, { label: 'knn, distance', countsPredict: true }),
  alike('naive-bayes', 'classification'),
  alike('mlp', 'both', { max_iter: 30 }),
  alike('decision-tree', 'both'),
  alike(
    'ml-random-forest',
    'both',
    { nEstimators: 100 },
    { peerParams: { n_estimators: 100 }, data: SMALL, isPackage: true },
  ),
  alike('ml-svm', 'classification', { kernel: 'rbf' }, { peerParams: { kernel: 'rbf' }, data: SMALL, isPackage: true }),
];

/** Whether the subject is for these data. */
export function fits({ tasks, data: names }: Subject, data: BenchData): boolean {
  const task = data.classCount > 0 ? 'classification' : 'regression';
  return (tasks === 'both' || tasks === task) && (names === undefined || names.includes(data.name));
}
