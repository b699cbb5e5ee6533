import { Random } from '../../random.js';
import type { TrainerParams } from '../trainer.js';
import { ClassSplitter, classScratchBytes } from './class-splitter.js';
import { ForestModel, type ForestTrainerName, type ForestTree } from './forest-model.js';
import { type ForestOptions, forestOptions } from './forest-parameters.js';
import { ForestRows } from './forest-rows.js';
import { checkForest } from './forest-trainer.js';
import { growTree } from './grow-tree.js';
import { MomentSplitter } from './moment-splitter.js';
import { OutOfBag } from './out-of-bag.js';
import { type Tree, TreeBuilder } from './tree.js';
import { type TreeFeature, treeFeatures } from './tree-features.js';
import { powerOfTwoBelow, scaledWeights, type TreeTrainingSet } from './tree-training-set.js';

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
  const randomThresholds = trainer === 'extra-trees';
  const features = treeFeatures(binned, rows, set.encoding);
  const options = forestOptions(params, classCount !== undefined, rows.length, features.length);
  const draw = new BootstrapDraw(set, options);
  const growth = createGrowth(set, features, options, randomThresholds);
  const outOfBag = options.oobScore ? new OutOfBag(set, growth.scale) : undefined;
  const importances = new Float64Array(features.length);
  const treeImportances = new Float64Array(features.length);
  const trees: ForestTree[] = [];
  for (let index = 0; index < options.treeCount; index++) {
    const random = new Random(seed, 'tree', index);
    const rowCount = draw.next(random, growth.place);
    treeImportances.fill(0);
    const tree = growth.grow(random, rowCount, treeImportances);
    trees.push(tree);
    addNormalised(importances, treeImportances);
    outOfBag?.add(tree, draw.counts);
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
  /** Puts a row of the fold at a place. */
  place(place: number, row: number, weight: number): void;
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
  const many = classCount !== undefined && classCount > 2;
  const rows = new ForestRows(features, rowOf, capacity, many ? classScratchBytes(capacity, classCount) : 0);
  const rules = { ...options, randomThresholds };
  const builder = new TreeBuilder();
  let values: number[] = [];
  const finish = (tree: Tree): ForestTree => {
    const finished = { ...tree, values: Float64Array.from(values) };
    values = [];
    return finished;
  };
  if (many) {
    const splitter = new ClassSplitter(features, rules, rows, classCount, (classWeights, weight) => {
      const pure = classWeights.indexOf(weight);
      if (pure >= 0) return pure;
      const leaf = classCount + values.length / classCount;
      for (let c = 0; c < classCount; c++) values.push(classWeights[c]! / weight);
      return leaf;
    });
    return {
      scale: 1,
      place: (place, row, weight) => splitter.place(place, row, weight, target[rowOf[row]!]!),
      grow(random, rowCount, importances) {
        splitter.setRandom(random);
        return finish(growTree(splitter, builder, rowCount, options, importances));
      },
    };
  }
  const regression = classCount === undefined;
  const { scale, shift } = regression ? standardise(set) : { scale: 1, shift: 0 };
  const inverse = 1 / scale;
  const describeLeaf = (weight: number, sum: number) => {
    if (regression) return values.push(sum / weight + shift) - 1;
    if (sum === 0) return 0;
    if (sum === weight) return 1;
    return classCount + (values.push(1 - sum / weight, sum / weight) - 2) / 2;
  };
  const splitter = new MomentSplitter(features, rules, rows, !regression, describeLeaf);
  return {
    scale,
    place: (place, row, weight) => splitter.place(place, row, weight, target[rowOf[row]!]! * inverse - shift),
    grow(random, rowCount, importances) {
      splitter.setRandom(random);
      return finish(growTree(splitter, builder, rowCount, options, importances));
    },
  };
}

/** Brings the target into [-2, 2] around 0: sums of squares keep their digits and cannot overflow. */
function standardise(set: TreeTrainingSet): { scale: number; shift: number } {
  const { rows, target } = set;
  let greatest = 0;
  for (let i = 0; i < rows.length; i++) greatest = Math.max(greatest, Math.abs(target[rows[i]!]!));
  const scale = powerOfTwoBelow(greatest);
  let sum = 0;
  for (let i = 0; i < rows.length; i++) sum += target[rows[i]!]! / scale;
  return { scale, shift: sum / rows.length };
}

/** Which rows a tree learns from, and with which weight: a row drawn twice has twice the weight. */
class BootstrapDraw {
  /** How often each row of the fold was drawn for the tree in hand. */
  readonly counts: Uint16Array;
  private readonly set: TreeTrainingSet;
  private readonly options: ForestOptions;
  private readonly weights: Float64Array | undefined;
  /** What the weights of each class are multiplied by. */
  private readonly classFactors: Float64Array;

  constructor(set: TreeTrainingSet, options: ForestOptions) {
    this.set = set;
    this.options = options;
    this.weights = scaledWeights(set);
    this.counts = new Uint16Array(set.rows.length).fill(1);
    this.classFactors = new Float64Array(Math.max(2, set.classCount ?? 0)).fill(1);
    if (options.classWeight === 'balanced') this.balance();
  }

  /** @returns how many rows were placed. */
  next(random: Random, place: (place: number, row: number, weight: number) => void): number {
    const { counts, weights, classFactors } = this;
    const { rows, target } = this.set;
    if (this.options.bootstrap) this.draw(random);
    if (this.options.classWeight === 'balanced_subsample') this.balance();
    const weighted = this.options.classWeight !== null;
    let placed = 0;
    for (let i = 0; i < rows.length; i++) {
      const count = counts[i]!;
      if (count === 0) continue;
      let weight = weights === undefined ? count : count * weights[i]!;
      if (weighted) weight *= classFactors[target[rows[i]!]!]!;
      place(placed++, i, weight);
    }
    return placed;
  }

  private draw(random: Random): void {
    const { counts } = this;
    counts.fill(0);
    const share = counts.length / 4294967296;
    for (let i = this.options.drawnRows; i > 0; i--) counts[Math.floor(random.uint32() * share)]!++;
  }

  /** Factors inversely proportional to how often each class was drawn: n / (classes x count). */
  private balance(): void {
    const { counts, classFactors } = this;
    const { rows, target } = this.set;
    classFactors.fill(0);
    let total = 0;
    for (let i = 0; i < rows.length; i++) {
      classFactors[target[rows[i]!]!]! += counts[i]!;
      total += counts[i]!;
    }
    let present = 0;
    for (let c = 0; c < classFactors.length; c++) if (classFactors[c]! > 0) present++;
    for (let c = 0; c < classFactors.length; c++) {
      classFactors[c] = classFactors[c]! > 0 ? total / (present * classFactors[c]!) : 0;
    }
  }
}

function addNormalised(sums: Float64Array, importances: Float64Array): void {
  let total = 0;
  for (let i = 0; i < importances.length; i++) total += importances[i]!;
  if (total > 0) for (let i = 0; i < sums.length; i++) sums[i]! += importances[i]! / total;
}
