import type { Dataset } from '../data/dataset.js';
import type { Truth } from '../metrics/metric.js';
import type { Matrix, Model } from '../trainers/trainer.js';
import type { BinnedFeatures } from '../trainers/trees/bins/binned-features.js';
import type { TreeTrainingSet } from '../trainers/trees/bins/tree-training-set.js';
import type { BinnedModel, BinnedPredictions, TreeTrainer } from '../trainers/trees/tree-trainer.js';
import type { FoldTask } from './fold-task.js';
import type { FoldTrainer } from './fold-trainer.js';
import { truthOf } from './fold-truth.js';
import type { AsyncModel } from './predictions.js';
import type { PreparedFold } from './prepared-fold.js';
import type { Fold } from './splitter.js';

/** One fold in the form in which a trainer takes it. */
export interface FoldInput {
  fit(): AsyncModel | Promise<AsyncModel>;
  /** What the fitted model is asked about. */
  readonly test: Matrix;
  readonly truth: Truth;
}

/** The rows after preprocessing. */
export function matrixInput({ train, test, truth }: PreparedFold, trainer: FoldTrainer, task: FoldTask): FoldInput {
  return { fit: () => trainer.fit(train, task.params, { seed: task.seed }), test, truth };
}

/**
 * The bins of the dataset, of which nothing is copied. What is imputed is learned from the training rows; scaling would
 * change nothing, as trees only ask which value is greater.
 */
export function binnedInput(
  dataset: Dataset,
  binned: BinnedFeatures,
  fold: Fold,
  trainer: TreeTrainer,
  task: FoldTask,
): FoldInput {
  const { target, weights } = dataset;
  const set: TreeTrainingSet = {
    binned,
    rows: fold.train,
    target: target.values,
    ...(target.task === 'classification' && { classCount: target.classes.length }),
    ...(weights !== undefined && { weights }),
    encoding: { impute: task.preprocessing.impute, encode: task.preprocessing.encode },
  };
  return {
    fit: async () => modelOfRows(await trainer.fitBinned(set, task.params, { seed: task.seed }), binned, fold.test),
    test: { data: new Float64Array(0), rows: fold.test.length, columns: 0 },
    truth: truthOf(dataset, fold.test),
  };
}

/** The model for these rows of the dataset, whatever features it is given. */
function modelOfRows(model: BinnedModel, binned: BinnedFeatures, rows: Int32Array): Model {
  let known: BinnedPredictions | undefined;
  const predictions = (): BinnedPredictions => {
    known ??= model.predictBinned(binned, rows);
    return known;
  };
  return {
    predict: () => predictions().values,
    ...(model.predictProba !== undefined && { predictProba: () => predictions().probabilities! }),
  };
}
