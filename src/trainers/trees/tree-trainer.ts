import type { FitContext, Model, Trainer, TrainerParams, TrainingSet } from '../trainer.js';
import type { BinnedFeatures } from './bins/binned-features.js';
import type { TreeTrainingSet } from './bins/tree-training-set.js';

/** What a model says of rows of the binned dataset that it was trained on. */
export interface BinnedPredictions {
  readonly values: Float64Array;
  /** Classification: rows x classes, row-major. */
  readonly probabilities?: Float64Array;
}

/** A model that also predicts rows of the binned dataset that it was trained on. */
export interface BinnedModel extends Model {
  predictBinned(binned: BinnedFeatures, rows: Int32Array): BinnedPredictions;
  toJSON(): unknown;
}

/** A trainer that can skip preprocessing and learn from the bins of the dataset. */
export interface TreeTrainer extends Trainer {
  /** As `fit`; rejects with a TrainerError. */
  fitBinned(set: TreeTrainingSet, params: TrainerParams, context: FitContext): Promise<BinnedModel>;
}

export function isTreeTrainer(trainer: object): trainer is TreeTrainer {
  return 'fitBinned' in trainer;
}

/** Bins the matrix first, for callers that have no binned dataset. */
export async function fitOnMatrix(
  trainer: TreeTrainer,
  train: TrainingSet,
  params: TrainerParams,
  context: FitContext,
): Promise<BinnedModel> {
  const { treeTrainingSet } = await import('./bins/tree-training-set.js');
  return trainer.fitBinned(treeTrainingSet(train), params, context);
}
