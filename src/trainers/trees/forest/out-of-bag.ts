import { mostLikelyClasses } from '../../class-probabilities.js';
import type { TreeTrainingSet } from '../bins/tree-training-set.js';
import { findLeaf } from '../tree.js';
import { addShares, type ForestTree } from './forest-model.js';

/** Predicts every row by the trees that did not draw it. */
export class OutOfBag {
  private readonly set: TreeTrainingSet;
  private readonly scale: number;
  private readonly sums: Float64Array;
  private readonly votes: Uint32Array;
  private readonly missing: Uint8Array;

  /** @param scale what the values of the trees are multiplied by. */
  constructor(set: TreeTrainingSet, scale: number) {
    this.set = set;
    this.scale = scale;
    this.sums = new Float64Array(set.rows.length * (set.classCount ?? 1));
    this.votes = new Uint32Array(set.rows.length);
    this.missing = Uint8Array.from(set.binned.columns, (column) => column.binCount);
  }

  /** @param moments of which the second of each row's two is 0 where the tree did not draw the row. */
  add(tree: ForestTree, moments: Float32Array): void {
    const { binned, rows, classCount } = this.set;
    for (let i = 0; i < rows.length; i++) {
      if (moments[2 * i + 1]! > 0) continue;
      this.votes[i]!++;
      const leaf = findLeaf(tree, binned.bins, rows[i]!, binned.rows, this.missing);
      if (classCount === undefined) this.sums[i]! += tree.values[leaf]!;
      else addShares(tree, leaf, classCount, this.sums, i * classCount);
    }
  }

  /** Accuracy or R² over the rows that have a prediction; undefined where there is none. */
  score(): number | undefined {
    const { rows, target, classCount } = this.set;
    const predicted = classCount === undefined ? this.sums : mostLikelyClasses(this.sums, rows.length, classCount);
    let count = 0;
    let hits = 0;
    let mean = 0;
    for (let i = 0; i < rows.length; i++) {
      if (this.votes[i] === 0) continue;
      count++;
      const truth = target[rows[i]!]!;
      if (predicted[i] === truth) hits++;
      mean += (truth / this.scale - mean) / count;
    }
    if (count === 0) return undefined;
    if (classCount !== undefined) return hits / count;
    let residual = 0;
    let total = 0;
    for (let i = 0; i < rows.length; i++) {
      if (this.votes[i] === 0) continue;
      const truth = target[rows[i]!]! / this.scale;
      residual += (truth - predicted[i]! / this.votes[i]!) ** 2;
      total += (truth - mean) ** 2;
    }
    if (total > 0) return 1 - residual / total;
    return residual > 0 ? 0 : 1;
  }
}
