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
  /** Left out where there are more training rows, with the reason. */
  readonly most?: { readonly rows: number; readonly reason: string };
  /** A package that is slower by orders of magnitude: measured once. */
  readonly isPackage?: boolean;
}

const QUADRATIC = { rows: 30_000, reason: 'takes both sides minutes on more than 30,000 rows' };
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
  alike('svm', 'both', {}, { most: QUADRATIC }),
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

/** Whether the subject is for these data, and if not although it is of the task, why. */
export function fits(subject: Subject, data: BenchData): true | false | string {
  const task = data.classCount > 0 ? 'classification' : 'regression';
  if (subject.tasks !== 'both' && subject.tasks !== task) return false;
  if (subject.data !== undefined && !subject.data.includes(data.name)) return false;
  if (subject.most !== undefined && data.features.rows > subject.most.rows) return subject.most.reason;
  return true;
}
