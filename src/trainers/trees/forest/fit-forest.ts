import { Random } from '../../../random.js';
import type { TrainerParams } from '../../trainer.js';
import { type TreeFeature, treeFeatures } from '../bins/tree-features.js';
import type { TreeTrainingSet } from '../bins/tree-training-set.js';
import { refuseManyColumns, refuseMoreThan } from '../refuse-more-than.js';
import { TreeBuilder } from '../tree.js';
import { BootstrapDraw } from './bootstrap-draw.js';
import { ClassSplitter } from './class-splitter.js';
import { ForestModel, type ForestTrainerName, type ForestTree } from './forest-model.js';
import { type ForestOptions, forestOptions } from './forest-options.js';
import { checkForest } from './forest-parameters.js';
import { ForestRows } from './forest-rows.js';
import { growTree, mostLeaves } from './grow-tree.js';
import { LeafTargets } from './leaf-targets.js';
import { MomentSplitter } from './moment-splitter.js';
import type { NodeSplitter } from './node-splitter.js';
import { OutOfBag } from './out-of-bag.js';

/**
 * Fits a forest of trees on bins.
 *
 * Differs from scikit-learn's in that thresholds lie between bins (at most 255 a column) and categories and missing
 * values are split on natively; the rest (drawing of features and rows, stopping, averaging of leaf probabilities, what
 * counts as a sample) follows it.
 * @param trainer extra-trees draws one random threshold a feature.
 * @param params complete: every parameter of the forest trainers under its name.
 * @throws TrainerError for a combination that cannot be.
 */
export function fitForest(
  trainer: ForestTrainerName,
  set: TreeTrainingSet,
  params: TrainerParams,
  seed: number,
): ForestModel {
  const { binned, rows, classCount } = set;
  checkForest(trainer, params, classCount !== undefined);
  refuseManyColumns(trainer, binned.columns.length);
  refuseMoreThan(trainer, params, 'max_features', binned.columns.length, 'columns');
  if (params.bootstrap === true) refuseMoreThan(trainer, params, 'max_samples', rows.length, 'training rows');
  const randomThresholds = trainer === 'extra-trees';
  const features = treeFeatures(binned, rows, set.encoding);
  const options = forestOptions(params, classCount !== undefined, rows.length, features.length);
  const growth = createGrowth(set, features, options, randomThresholds);
  const draw = new BootstrapDraw(set, options, growth.rows);
  const outOfBag = options.oobScore ? new OutOfBag(set, growth.scale) : undefined;
  const importances = new Float64Array(features.length);
  const treeImportances = new Float64Array(features.length);
  const trees: ForestTree[] = [];
  for (let index = 0; index < options.treeCount; index++) {
    const random = new Random(seed, 'tree', index);
    const rowCount = draw.next(random);
    treeImportances.fill(0);
    const tree = growth.grow(random, rowCount, treeImportances);
    trees.push(tree);
    addNormalised(importances, treeImportances);
    outOfBag?.add(tree, growth.rows.moments);
  }
  addNormalised(treeImportances.fill(0), importances);
  const score = outOfBag?.score();
  return new ForestModel({
    trainer,
    columns: binned.columns,
    ...(classCount === undefined ? {} : { classCount }),
    scale: growth.scale,
    trees,
    importances: treeImportances,
    ...(score === undefined ? {} : { oobScore: score }),
  });
}

/** What grows the trees of one forest; its buffers serve all of them. */
interface Growth {
  /** What the values of the trees are multiplied by. */
  readonly scale: number;
  /** The rows with their targets. */
  readonly rows: ForestRows;
  grow(random: Random, rowCount: number, importances: Float64Array): ForestTree;
}

function createGrowth(
  set: TreeTrainingSet,
  features: readonly TreeFeature[],
  options: ForestOptions,
  randomThresholds: boolean,
): Growth {
  const { target, classCount, rows: rowOf } = set;
  const capacity = Math.min(rowOf.length, options.bootstrap ? options.drawnRows : rowOf.length);
  const regression = classCount === undefined;
  const many = !regression && classCount > 2;
  const rows = new ForestRows(features, rowOf, capacity, many ? classCount : 0, randomThresholds);
  const rules = { ...options, randomThresholds };
  const builder = new TreeBuilder();
  const growOn = (splitter: NodeSplitter): Growth['grow'] => {
    return (random, rowCount, importances) => {
      // Bootstraps differ a little in the rows they draw: the next tree should fit into the same memory.
      const leaves = mostLeaves(options, Math.min(capacity, rowCount + (rowCount >> 6)));
      builder.reset(leaves, regression ? leaves : 0);
      splitter.setRandom(random);
      growTree(splitter, builder, rowCount, options, importances);
      return builder.finish();
    };
  };
  if (many) {
    for (let row = 0; row < rowOf.length; row++) rows.classes[2 * row] = target[rowOf[row]!]!;
    const splitter = new ClassSplitter(features, rules, rows, classCount, (classWeights, weight) => {
      const pure = classWeights.indexOf(weight);
      if (pure >= 0) return pure;
      const first = builder.addValue(classWeights[0]! / weight);
      for (let c = 1; c < classCount; c++) builder.addValue(classWeights[c]! / weight);
      return classCount + first / classCount;
    });
    return { scale: 1, rows, grow: growOn(splitter) };
  }
  const targets = regression ? new LeafTargets(set, rows) : undefined;
  if (!regression) for (let row = 0; row < rowOf.length; row++) rows.moments[2 * row] = target[rowOf[row]!]!;
  const splitter = new MomentSplitter(features, rules, rows, targets, (mean) => {
    if (regression) return builder.addValue(mean);
    if (mean === 0 || mean === 1) return mean;
    const first = builder.addValue(1 - mean);
    builder.addValue(mean);
    return classCount + first / 2;
  });
  return { scale: targets?.scale ?? 1, rows, grow: growOn(splitter) };
}

function addNormalised(sums: Float64Array, importances: Float64Array): void {
  let total = 0;
  for (let i = 0; i < importances.length; i++) total += importances[i]!;
  if (total > 0) for (let i = 0; i < sums.length; i++) sums[i]! += importances[i]! / total;
}
