import type { TrainingSet } from '../../trainer.js';
import { type BinnedFeatures, binMatrix } from './binned-features.js';
import { NATIVE_ENCODING, type TreeEncoding } from './tree-features.js';

/** What a tree trainer learns from: the bins of a dataset and the rows of one fold. */
export interface TreeTrainingSet {
  readonly binned: BinnedFeatures;
  /** Row numbers; ascending is fastest. */
  readonly rows: Int32Array;
  /** Class index or number a dataset row. */
  readonly target: Float64Array;
  /** How many classes there are; absent for regression. */
  readonly classCount?: number;
  /** A positive weight a dataset row; absent means all 1. */
  readonly weights?: Float64Array;
  readonly encoding: TreeEncoding;
}

/** Bins a matrix on the fly, for callers that have no binned dataset. All its columns are taken as numbers. */
export function treeTrainingSet(train: TrainingSet): TreeTrainingSet {
  const binned = binMatrix(train.features, train.columns);
  return {
    binned,
    rows: new Int32Array(binned.rows).map((_, row) => row),
    target: train.target,
    ...(train.classes === undefined ? {} : { classCount: train.classes.length }),
    ...(train.weights === undefined ? {} : { weights: train.weights }),
    encoding: NATIVE_ENCODING,
  };
}

/**
 * Weights of the given rows as multiples of a power of two, the greatest in [0.5, 1) and none so small that it could
 * vanish, so that sums neither overflow nor come to nothing.
 * @returns length rows, or undefined where all weights are 1.
 */
export function scaledWeights(set: TreeTrainingSet): Float64Array | undefined {
  const { weights, rows } = set;
  if (weights === undefined) return undefined;
  let greatest = 0;
  for (let i = 0; i < rows.length; i++) greatest = Math.max(greatest, weights[rows[i]!]!);
  const scale = powerOfTwoBelow(greatest);
  const scaled = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) scaled[i] = Math.max((weights[rows[i]!]! / scale) * 0.5, 1e-30);
  return scaled;
}

/** The greatest power of two at most `value` (1 for 0), within what keeps division by it finite. */
export function powerOfTwoBelow(value: number): number {
  if (!(value > 0)) return 1;
  return 2 ** Math.min(1000, Math.max(-1000, Math.floor(Math.log2(value))));
}
