import { SavedFields } from '../../saved-model.js';
import { type CellSource, forEachBlock } from '../bins/cell-source.js';
import { finite } from '../finite.js';
import { findLeaf, type ValuedTree } from '../tree.js';
import { columnToJson, loadColumn, loadTree, treeToJson } from '../tree-json.js';
import { TreeModel, type TreeModelData } from '../tree-model.js';

/**
 * A tree of a forest. Classification: word 0 of a leaf is the class where the leaf is pure, else classCount + d, and
 * the class shares are `values[d * classCount …]`. Regression: word 0 is the index of the value.
 */
export type ForestTree = ValuedTree;

export type ForestTrainerName = 'random-forest' | 'extra-trees';

export interface ForestData extends TreeModelData {
  readonly trainer: ForestTrainerName;
  /** Regression: what the values of the trees are multiplied by. */
  readonly scale: number;
  readonly trees: readonly ForestTree[];
  /** Mean decrease of impurity a column, summing to 1 (or all 0). */
  readonly importances: Float64Array;
  /** Accuracy or R² over the rows that some tree did not draw; only with `oob_score`. */
  readonly oobScore?: number;
}

/** A fitted forest: the mean over its trees of class shares, or of values. */
export class ForestModel extends TreeModel<ForestData> {
  override toJSON(): unknown {
    const { trainer, columns, classCount, scale, trees, importances, oobScore } = this.data;
    return {
      trainer,
      version: 1,
      columns: columns.map(columnToJson),
      classCount,
      scale,
      trees: trees.map(treeToJson),
      importances: Array.from(importances),
      oobScore,
    };
  }

  /** @param trainer whose model it must be. @throws StorageError where it is not what toJSON gave. */
  static load(model: unknown, trainer: ForestTrainerName): ForestModel {
    const saved = SavedFields.open(model, trainer, 1);
    return new ForestModel({
      trainer,
      columns: saved.objects('columns').map(loadColumn),
      ...(saved.has('classCount') ? { classCount: saved.count('classCount') } : {}),
      scale: saved.number('scale'),
      trees: saved.objects('trees').map(loadTree),
      importances: saved.numbers('importances'),
      ...(saved.has('oobScore') ? { oobScore: saved.number('oobScore') } : {}),
    });
  }

  protected override outputs(source: CellSource): Float64Array {
    const { columns, classCount, trees, scale } = this.data;
    const sums = new Float64Array(source.rows * (classCount ?? 1));
    forEachBlock(source, columns.length, (block, from, count) => {
      for (const tree of trees) addTree(tree, block, columns.length, count, this.missing, sums, from, classCount);
    });
    for (let i = 0; i < sums.length; i++) sums[i] = finite((sums[i]! / trees.length) * scale);
    return sums;
  }
}

function addTree(
  tree: ForestTree,
  block: Uint8Array,
  width: number,
  count: number,
  missing: Uint8Array,
  sums: Float64Array,
  from: number,
  classCount: number | undefined,
): void {
  for (let i = 0; i < count; i++) {
    const leaf = findLeaf(tree, block, i * width, 1, missing);
    if (classCount === undefined) sums[from + i]! += tree.values[leaf]!;
    else addShares(tree, leaf, classCount, sums, (from + i) * classCount);
  }
}

/** Adds a leaf's class shares to `sums[offset …]`. */
export function addShares(
  tree: ForestTree,
  leaf: number,
  classCount: number,
  sums: Float64Array,
  offset: number,
): void {
  if (leaf < classCount) {
    sums[offset + leaf]! += 1;
    return;
  }
  const start = (leaf - classCount) * classCount;
  for (let c = 0; c < classCount; c++) sums[offset + c]! += tree.values[start + c]!;
}
