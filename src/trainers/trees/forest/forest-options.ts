import type { TrainerParams } from '../../trainer.js';

/** The parameters of a forest, checked and in numbers, for a fold of a certain size. */
export interface ForestOptions {
  readonly treeCount: number;
  readonly criterion: 'gini' | 'entropy' | 'squared_error';
  readonly maxDepth: number;
  readonly maxLeafNodes: number;
  readonly minSamplesSplit: number;
  readonly minSamplesLeaf: number;
  readonly featuresPerSplit: number;
  readonly bootstrap: boolean;
  /** Rows drawn for a tree where `bootstrap`. */
  readonly drawnRows: number;
  readonly classWeight: 'balanced' | 'balanced_subsample' | null;
  readonly oobScore: boolean;
}

/** @param classification what `auto` criterion and features depend on. */
export function forestOptions(
  params: TrainerParams,
  classification: boolean,
  rows: number,
  features: number,
): ForestOptions {
  const classCriterion = params.criterion === 'entropy' || params.criterion === 'log_loss' ? 'entropy' : 'gini';
  return {
    treeCount: Number(params.n_estimators),
    criterion: classification ? classCriterion : 'squared_error',
    maxDepth: params.max_depth === null ? Infinity : Number(params.max_depth),
    maxLeafNodes: params.max_leaf_nodes === null ? Infinity : Number(params.max_leaf_nodes),
    minSamplesSplit: Math.max(2, shareOrCount(Number(params.min_samples_split), rows, 2)),
    minSamplesLeaf: shareOrCount(Number(params.min_samples_leaf), rows, 1),
    featuresPerSplit: featuresPerSplit(params.max_features ?? null, classification, features),
    bootstrap: params.bootstrap === true,
    drawnRows: drawnRows(params.max_samples ?? null, rows),
    classWeight:
      classification && (params.class_weight === 'balanced' || params.class_weight === 'balanced_subsample')
        ? params.class_weight
        : null,
    oobScore: params.oob_score === true && params.bootstrap === true,
  };
}

function shareOrCount(value: number, rows: number, least: number): number {
  return value < 1 ? Math.max(least, Math.ceil(value * rows)) : value;
}

function featuresPerSplit(value: TrainerParams[string], classification: boolean, features: number): number {
  const rule = value === 'auto' ? (classification ? 'sqrt' : null) : value;
  let count = features;
  if (rule === 'sqrt') count = Math.floor(Math.sqrt(features));
  else if (rule === 'log2') count = Math.floor(Math.log2(features));
  else if (typeof rule === 'number') count = rule <= 1 ? Math.floor(rule * features) : rule;
  return Math.min(features, Math.max(1, count));
}

function drawnRows(value: TrainerParams[string], rows: number): number {
  if (value === null) return rows;
  const number = Number(value);
  return Math.max(1, Math.min(rows, number <= 1 ? Math.round(number * rows) : number));
}
