import { Random } from '../../../random.js';
import type { TrainerParams } from '../../trainer.js';
import { treeFeatures } from '../bins/tree-features.js';
import { powerOfTwoBelow, type TreeTrainingSet } from '../bins/tree-training-set.js';
import { refuseManyColumns, refuseMoreThan } from '../refuse-more-than.js';
import { findLeaf, type Tree } from '../tree.js';
import { type BoostingLoss, weightedQuantile } from './boosting-loss.js';
import { BoostingModel, type BoostingTree } from './boosting-model.js';
import { chooseLoss } from './choose-loss.js';
import { hessianOf } from './gradient-histogram.js';
import { type BoostingLeaf, BoostingTreeGrower } from './grow-boosting-tree.js';
import { RawValues } from './raw-values.js';
import { RowTargets } from './row-targets.js';
import { divideForStopping } from './stopping-rows.js';

/** Targets beyond this are scaled, so that squares of gradients stay finite. */
const GREATEST_PLAIN_TARGET = 2 ** 100;

/**
 * Fits boosted trees on bins, as scikit-learn's HistGradientBoosting does. Row weights are used in proportion to their
 * mean. With early stopping the model keeps the trees up to the iteration with the lowest loss on rows set aside.
 * @param params complete: every parameter of the trainer under its name.
 * @throws TrainerError for a loss of the other task, or a target that the loss does not take.
 */
export function fitBoosting(set: TreeTrainingSet, params: TrainerParams, seed: number): BoostingModel {
  const { classCount } = set;
  const present = classCount === undefined ? undefined : presentClasses(set, classCount);
  refuseManyColumns('gradient-boosting', set.binned.columns.length);
  refuseMoreThan('gradient-boosting', params, 'max_features', set.binned.columns.length, 'columns');
  const { loss, link } = chooseLoss(set, params, present?.length);
  const { rowOf, training } = divideForStopping(set, params, new Random(seed, 'early stopping'));
  const scale = present === undefined ? targetScale(set, training, rowOf) : 1;
  const outputOf = new Float64Array(classCount ?? 0);
  present?.forEach((value, output) => {
    outputOf[value] = output;
  });
  const target = new RowTargets(set.target, rowOf, scale, outputOf);
  const weights = meanOneWeights(set, rowOf);
  const start = loss.start(target, weights, training);
  const fit = new BoostingFit(set, params, loss, rowOf, training, target, weights, start);
  const trees = present?.length === 1 ? [] : fit.run(seed);
  return new BoostingModel({
    columns: set.binned.columns,
    ...(classCount === undefined ? {} : { classCount }),
    ...(present === undefined ? {} : { present }),
    link,
    scale,
    start,
    trees,
  });
}

/** The classes that occur in the rows, ascending. */
function presentClasses(set: TreeTrainingSet, classCount: number): Int32Array {
  const seen = new Uint8Array(classCount);
  for (const row of set.rows) seen[set.target[row]!] = 1;
  return Int32Array.from(Array.from(seen.keys()).filter((value) => seen[value] === 1));
}

function targetScale(set: TreeTrainingSet, training: number, rowOf: Int32Array): number {
  let greatest = 0;
  for (let i = 0; i < training; i++) greatest = Math.max(greatest, Math.abs(set.target[rowOf[i]!]!));
  return greatest > GREATEST_PLAIN_TARGET || greatest < 1 / GREATEST_PLAIN_TARGET ? powerOfTwoBelow(greatest) : 1;
}

function meanOneWeights(set: TreeTrainingSet, rowOf: Int32Array): Float64Array | undefined {
  if (set.weights === undefined) return undefined;
  let greatest = 0;
  for (let i = 0; i < rowOf.length; i++) greatest = Math.max(greatest, set.weights[rowOf[i]!]!);
  const weights = new Float64Array(rowOf.length);
  let mean = 0;
  for (let i = 0; i < weights.length; i++) {
    weights[i] = set.weights[rowOf[i]!]! / greatest;
    mean += weights[i]! / weights.length;
  }
  for (let i = 0; i < weights.length; i++) weights[i] = Math.max(weights[i]! / mean, 1e-12);
  return weights;
}

/** One fit: raw values, gradients and the trees grown so far. Position i is row `rowOf[i]` of the dataset. */
class BoostingFit {
  private readonly set: TreeTrainingSet;
  private readonly params: TrainerParams;
  private readonly loss: BoostingLoss;
  private readonly rowOf: Int32Array;
  /** The first positions are learned from, the others decide when to stop. */
  private readonly training: number;
  private readonly target: RowTargets;
  private readonly weights: Float64Array | undefined;
  private readonly raw: RawValues;
  private readonly stoppingLosses: Float64Array;
  private readonly grower: BoostingTreeGrower;
  private readonly missing: Uint8Array;
  private readonly sampledRows: number;

  constructor(
    set: TreeTrainingSet,
    params: TrainerParams,
    loss: BoostingLoss,
    rowOf: Int32Array,
    training: number,
    target: RowTargets,
    weights: Float64Array | undefined,
    start: Float64Array,
  ) {
    this.set = set;
    this.params = params;
    this.loss = loss;
    this.rowOf = rowOf;
    this.training = training;
    this.target = target;
    this.weights = weights;
    this.raw = new RawValues(rowOf.length, start);
    this.stoppingLosses = new Float64Array(rowOf.length - training);
    this.missing = Uint8Array.from(set.binned.columns, (column) => column.binCount);
    this.sampledRows = Math.max(1, Math.round(Number(params.subsample) * training));
    const features = treeFeatures(set.binned, set.rows, set.encoding);
    const share = Number(params.max_features);
    const hessian = weights === undefined ? loss.hessian : undefined;
    this.grower = new BoostingTreeGrower(features, rowOf, training, hessian, {
      maxLeafNodes: params.max_leaf_nodes === null ? Infinity : Number(params.max_leaf_nodes),
      maxDepth: params.max_depth === null ? Infinity : Number(params.max_depth),
      minSamplesLeaf: Number(params.min_samples_leaf),
      l2: Number(params.l2_regularization),
      featuresPerSplit: Math.max(1, share <= 1 ? Math.ceil(share * features.length) : share),
    });
  }

  run(seed: number): readonly BoostingTree[] {
    const trees: BoostingTree[] = [];
    const stops = this.training < this.rowOf.length;
    const patience = Number(this.params.n_iter_no_change);
    const tolerance = Number(this.params.tol);
    let lowest = stops ? this.meanStoppingLoss() : Infinity;
    let keptTrees = 0;
    let waited = 0;
    for (let iteration = 0; iteration < Number(this.params.max_iter); iteration++) {
      const random = new Random(seed, 'iteration', iteration);
      this.sample(random);
      this.loss.prepare(this.raw);
      const added = this.addTrees(random);
      // Too great a learning rate diverges; what was found before is kept.
      if (added === undefined) break;
      trees.push(...added);
      if (!stops) continue;
      const loss = this.meanStoppingLoss();
      if (loss < lowest - tolerance) {
        lowest = loss;
        keptTrees = trees.length;
        waited = 0;
      } else if (++waited >= patience) break;
    }
    return stops ? trees.slice(0, keptTrees) : trees;
  }

  /** Puts the rows of the next trees first: all of them, or a sample without replacement (Friedman 2002). */
  private sample(random: Random): void {
    const { positions } = this.grower;
    for (let i = 0; i < positions.length; i++) positions[i] = i;
    if (this.sampledRows === this.training) return;
    for (let i = 0; i < this.sampledRows; i++) {
      const other = i + random.integer(positions.length - i);
      const swapped = positions[i]!;
      positions[i] = positions[other]!;
      positions[other] = swapped;
    }
    positions.subarray(0, this.sampledRows).sort();
  }

  /** The trees of one iteration; undefined where a leaf is not a finite number. */
  private addTrees(random: Random): readonly BoostingTree[] | undefined {
    const trees: BoostingTree[] = [];
    for (let output = 0; output < this.loss.outputs; output++) {
      const tree = this.addTree(output, random);
      if (!tree.values.every(Number.isFinite)) return undefined;
      trees.push(tree);
    }
    return trees;
  }

  private addTree(output: number, random: Random): BoostingTree {
    const { raw, training, grower, sampledRows } = this;
    this.derive(output);
    const { tree, leaves } = grower.grow(sampledRows, random);
    const values = Float64Array.from(leaves, (leaf) => this.leafValue(leaf));
    for (const [index, leaf] of leaves.entries()) {
      const value = values[index]!;
      for (let i = leaf.start; i < leaf.end; i++) raw.add(grower.positions[i]!, output, value);
    }
    for (let i = sampledRows; i < training; i++) this.advance(tree, values, output, grower.positions[i]!);
    for (let i = training; i < this.rowOf.length; i++) this.advance(tree, values, output, i);
    return { ...tree, values };
  }

  /** Sets the derivatives that the grower is to see. */
  private derive(output: number): void {
    const { loss, raw, target, weights, training, grower } = this;
    const { derivatives } = grower;
    const rule = loss.hessian;
    const paired = weights !== undefined || rule === undefined;
    loss.derive(output, raw, target, training, derivatives, paired ? 2 : 1);
    if (weights === undefined) return;
    for (let i = 0; i < training; i++) {
      const gradient = derivatives[2 * i]!;
      const hessian = rule === undefined ? derivatives[2 * i + 1]! : hessianOf(rule, gradient);
      derivatives[2 * i] = gradient * weights[i]!;
      derivatives[2 * i + 1] = hessian * weights[i]!;
    }
  }

  private advance(tree: Tree, values: Float64Array, output: number, position: number): void {
    const { binned } = this.set;
    const leaf = findLeaf(tree, binned.bins, this.rowOf[position]!, binned.rows, this.missing);
    this.raw.add(position, output, values[leaf]!);
  }

  private leafValue(leaf: BoostingLeaf): number {
    const rate = Number(this.params.learning_rate);
    const { leafQuantile } = this.loss;
    if (leafQuantile === undefined) {
      const divisor = leaf.sums.hessian + Number(this.params.l2_regularization);
      // Not a number where the fit diverges, which `addTrees` is to see.
      return divisor <= 0 ? 0 : (-rate * leaf.sums.gradient) / divisor;
    }
    const { positions } = this.grower;
    const residuals = new Float64Array(leaf.end - leaf.start);
    const weights = this.weights === undefined ? undefined : new Float64Array(residuals.length);
    for (let i = 0; i < residuals.length; i++) {
      const position = positions[leaf.start + i]!;
      residuals[i] = this.target.number(position) - this.raw.value(position);
      if (weights !== undefined) weights[i] = this.weights![position]!;
    }
    return rate * weightedQuantile(residuals, weights, leafQuantile);
  }

  private meanStoppingLoss(): number {
    const { stoppingLosses: losses, training, weights } = this;
    this.loss.lose(this.raw, this.target, training, losses);
    let sum = 0;
    let total = 0;
    for (let i = 0; i < losses.length; i++) {
      const weight = weights === undefined ? 1 : weights[training + i]!;
      sum += weight * losses[i]!;
      total += weight;
    }
    return sum / total;
  }
}
