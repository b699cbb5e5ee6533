import type { Dataset } from '../data/dataset.js';
import type { Preprocessing } from '../data/preprocessing-options.js';
import { fitPreprocessor } from '../data/preprocessor.js';
import type { Truth } from '../metrics/metric.js';
import type { Matrix, TrainingSet } from '../trainers/trainer.js';
import { take, targetValues, truthOf } from './fold-truth.js';
import type { Fold } from './splitter.js';

/** One fold after preprocessing: all that fitting and scoring read. Shared by trials; nobody writes to it. */
export interface PreparedFold {
  readonly train: TrainingSet;
  readonly test: Matrix;
  readonly truth: Truth;
  readonly bytes: number;
}

/** Fits the preprocessing on the training rows and applies it to both parts. */
export function prepareFold(dataset: Dataset, fold: Fold, preprocessing: Preprocessing): PreparedFold {
  const preprocessor = fitPreprocessor(dataset, fold.train, preprocessing);
  const { columns } = preprocessor;
  const features = preprocessor.transform(fold.train);
  const test = preprocessor.transform(fold.test);
  const train: TrainingSet = {
    features,
    target: targetValues(dataset, fold.train),
    columns,
    ...(dataset.target.task === 'classification' && { classes: dataset.target.classes }),
    ...(dataset.weights !== undefined && { weights: take(dataset.weights, fold.train) }),
  };
  const values = features.data.length + test.data.length + 2 * fold.train.length + fold.test.length;
  return {
    train,
    test,
    truth: truthOf(dataset, fold.test),
    bytes: values * Float64Array.BYTES_PER_ELEMENT,
  };
}
