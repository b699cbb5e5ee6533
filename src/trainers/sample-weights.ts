import { oneOf } from './accepts.js';
import type { ParameterDescription, TrainingSet } from './trainer.js';

export const CLASS_WEIGHT: ParameterDescription = {
  name: 'class_weight',
  rule: 'null or balanced (classification)',
  summary: 'balanced weighs each class by rows / (classes * rows of the class)',
  default: null,
  accepts: oneOf(null, 'balanced'),
};

/**
 * The factor of each class: all 1, or rows / (classes that occur * rows of the class). Rows are counted, not weights, as
 * scikit-learn does.
 */
export function classFactors(train: TrainingSet, classWeight: 'balanced' | null): Float64Array {
  const factors = new Float64Array(train.classes?.length ?? 0).fill(1);
  if (classWeight === null || train.classes === undefined) return factors;
  const counts = new Float64Array(factors.length);
  for (const k of train.target) counts[k]!++;
  const present = counts.filter((count) => count > 0).length;
  return counts.map((count) => (count > 0 ? train.features.rows / (present * count) : 0));
}

/** The weight of each row: the data's times the class's. */
export function sampleWeights(train: TrainingSet, classWeight: 'balanced' | null): Float64Array {
  const rows = train.features.rows;
  const weights = train.weights === undefined ? new Float64Array(rows).fill(1) : Float64Array.from(train.weights);
  if (classWeight === null || train.classes === undefined) return weights;
  const factors = classFactors(train, classWeight);
  for (let i = 0; i < rows; i++) weights[i]! *= factors[train.target[i]!]!;
  return weights;
}

/** The rows of each class that occurs, in row order. */
export interface ClassRows {
  /** Class indices, ascending. */
  readonly classes: Int32Array;
  /** One list of row numbers for each of `classes`. */
  readonly rows: readonly Int32Array[];
}

export function groupByClass(train: TrainingSet): ClassRows {
  const lists: number[][] = (train.classes ?? []).map(() => []);
  for (let i = 0; i < train.features.rows; i++) lists[train.target[i]!]!.push(i);
  const present = lists.flatMap((list, k) => (list.length > 0 ? [k] : []));
  return { classes: Int32Array.from(present), rows: present.map((k) => Int32Array.from(lists[k]!)) };
}
