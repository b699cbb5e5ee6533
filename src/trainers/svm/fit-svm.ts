import { refuseMissing } from '../refuse-missing.js';
import { sampleWeights } from '../sample-weights.js';
import { SavedFields } from '../saved-model.js';
import type { Model, TrainerParams, TrainingSet } from '../trainer.js';
import { type KernelKind, resolveGamma } from './kernel.js';
import { RowMemory } from './row-memory.js';
import { fitSvmClassifier, SvmClassifier } from './svm-classifier.js';
import { fitSvmRegressor, SvmRegressor } from './svm-regressor.js';
import { createRowEngine } from './wasm-row-engine.js';

const BYTES_PER_MEGABYTE = 2 ** 20;
/** What max_iter is where the user sets no limit. */
const UNLIMITED = -1;

/** @param seed of the folds that probabilities are calibrated on. @throws TrainerError */
export function fitSvm(train: TrainingSet, params: TrainerParams, seed: number): Model {
  refuseMissing('svm', train.features, train.columns);
  const { C, epsilon } = params as { C: number; epsilon: number };
  const weights = sampleWeights(train, params.class_weight as 'balanced' | null);
  const costs = weights.map((weight) => C * weight);
  const options = {
    kernel: {
      kind: params.kernel as KernelKind,
      gamma: resolveGamma(params.gamma as number | 'scale' | 'auto', train.features),
      degree: params.degree as number,
      coef0: params.coef0 as number,
    },
    tolerance: params.tol as number,
    shrinking: params.shrinking as boolean,
    maxIterations: params.max_iter === UNLIMITED ? undefined : (params.max_iter as number),
    rowMemory: new RowMemory((params.cache_size as number) * BYTES_PER_MEGABYTE, train.features.rows),
    engine: createRowEngine(train.features.rows, train.features.columns),
  };
  return train.classes === undefined
    ? fitSvmRegressor(train, costs, epsilon, options)
    : fitSvmClassifier(train, costs, options, seed);
}

/** Reads what the toJSON of an svm model gave. @throws StorageError */
export function loadSvm(saved: unknown): Model {
  const fields = SavedFields.open(saved, 'svm', 1);
  return fields.oneOf('task', ['classification', 'regression']) === 'classification'
    ? SvmClassifier.load(fields)
    : SvmRegressor.load(fields);
}
