import type { Random } from '../../../random.js';
import { ORDERED, type TreeFeature } from '../bins/tree-features.js';
import { PriorityQueue } from '../priority-queue.js';
import { type Tree, TreeBuilder } from '../tree.js';
import {
  type GradientHistogram,
  GradientHistograms,
  type GradientSplitRules,
  type GradientSums,
  type HessianRule,
  LEAST_SIDE_HESSIAN,
} from './gradient-histogram.js';
import { type GradientSplit, GradientSplitFinder } from './gradient-split.js';

export interface BoostingTreeRules extends GradientSplitRules {
  readonly maxLeafNodes: number;
  readonly maxDepth: number;
  /** Features drawn at each split. */
  readonly featuresPerSplit: number;
}

/** A leaf and its rows: `start` … `end` in the order of positions that growing left behind. */
export interface BoostingLeaf {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly sums: GradientSums;
}

interface OpenLeaf extends BoostingLeaf {
  readonly depth: number;
  readonly split: GradientSplit;
  readonly histogram: GradientHistogram | undefined;
}

/** What memory the histograms of the open leaves may take; beyond it they are counted anew instead of subtracted. */
const HISTOGRAM_BYTES = 256 * 2 ** 20;

/**
 * Grows trees leaf by leaf, the one with the greatest gain first (Shi 2007; Ke et al., LightGBM, 2017). A node's
 * histogram is counted for its smaller child only; that of the larger is the difference.
 */
export class BoostingTreeGrower {
  /** Row positions, divided by leaf after each tree. */
  readonly positions: Int32Array;
  /** Gradient and hessian of each position, or with a rule for hessians its gradient, to be set before growing. */
  readonly derivatives: Float32Array;
  private readonly features: readonly TreeFeature[];
  private readonly rules: BoostingTreeRules;
  private readonly histograms: GradientHistograms;
  private readonly finder: GradientSplitFinder;
  private readonly candidates: Int32Array;
  private readonly builder = new TreeBuilder();
  private random!: Random;

  /** @param rowOf dataset row of each position. @param hessian what hessians follow from, if anything. */
  constructor(
    features: readonly TreeFeature[],
    rowOf: Int32Array,
    rowCount: number,
    hessian: HessianRule | undefined,
    rules: BoostingTreeRules,
  ) {
    this.features = features;
    this.rules = rules;
    const useful = Array.from(features.keys()).filter((index) => differs(features[index]!, rowOf, rowCount));
    this.candidates = Int32Array.from(useful);
    // Those of the leaves that can still be split, never more than half of all, and of two nodes being looked at.
    const most = Math.ceil(this.mostLeaves(rowCount) / 2) + 2;
    this.histograms = new GradientHistograms(
      features,
      this.candidates,
      rowOf,
      rowCount,
      hessian,
      most,
      HISTOGRAM_BYTES,
    );
    this.positions = this.histograms.positions;
    this.derivatives = this.histograms.derivatives;
    this.finder = new GradientSplitFinder(features, this.histograms, rules);
  }

  /**
   * @param rowCount how many of `positions` to grow on.
   * @returns the tree, whose leaves say their index in `leaves`.
   */
  grow(rowCount: number, random: Random): { tree: Tree; leaves: readonly BoostingLeaf[] } {
    this.random = random;
    const mostLeaves = this.mostLeaves(rowCount);
    this.builder.reset(mostLeaves);
    this.histograms.releaseAll();
    const open = new PriorityQueue<OpenLeaf>();
    const leaves: BoostingLeaf[] = [];
    this.add(open, leaves, { node: 0, start: 0, end: rowCount, sums: this.histograms.sum(rowCount) }, 0, undefined);
    let leafCount = 1;
    for (let leaf = open.pop(); leaf !== undefined; leaf = open.pop()) {
      leafCount++;
      this.split(open, leaves, leaf, leafCount < mostLeaves);
      // As many leaves as there may still be splits stay open: a histogram of another one serves nothing.
      while (open.size > mostLeaves - leafCount) this.close(open.dropLast()!, leaves);
    }
    for (const [index, leaf] of leaves.entries()) this.builder.setLeaf(leaf.node, index);
    return { tree: this.builder.finish(), leaves };
  }

  private mostLeaves(rowCount: number): number {
    const { maxLeafNodes, minSamplesLeaf } = this.rules;
    return Math.min(maxLeafNodes, Math.max(1, Math.floor(rowCount / minSamplesLeaf)));
  }

  private close(leaf: OpenLeaf, leaves: BoostingLeaf[]): void {
    if (leaf.histogram !== undefined) this.histograms.release(leaf.histogram);
    leaves.push(leaf);
  }

  private maySplit(sums: GradientSums, depth: number): boolean {
    const { maxDepth, minSamplesLeaf } = this.rules;
    return depth < maxDepth && sums.rows >= 2 * minSamplesLeaf && sums.hessian >= 2 * LEAST_SIDE_HESSIAN;
  }

  /** @param histogram of the leaf, if it is known already. */
  private add(
    open: PriorityQueue<OpenLeaf>,
    leaves: BoostingLeaf[],
    leaf: BoostingLeaf,
    depth: number,
    histogram: GradientHistogram | undefined,
  ): void {
    if (!this.maySplit(leaf.sums, depth)) {
      if (histogram !== undefined) this.histograms.release(histogram);
      leaves.push(leaf);
      return;
    }
    const counted = histogram ?? this.histograms.count(leaf.start, leaf.end);
    const split = this.finder.find(counted, leaf.sums, this.candidates, this.drawFeatures());
    if (split === undefined) {
      this.histograms.release(counted);
      leaves.push(leaf);
      return;
    }
    if (this.histograms.isScarce) {
      this.histograms.release(counted);
      open.push({ ...leaf, depth, split, histogram: undefined }, split.gain);
      return;
    }
    open.push({ ...leaf, depth, split, histogram: counted }, split.gain);
  }

  /** @param goesOn whether the children may be split in turn. */
  private split(open: PriorityQueue<OpenLeaf>, leaves: BoostingLeaf[], leaf: OpenLeaf, goesOn: boolean): void {
    const { split } = leaf;
    const middle = this.histograms.partition(split.feature, split.goesLeft, leaf.start, leaf.end, split.left.rows);
    const feature = this.features[split.feature]!;
    const child =
      feature.kind === ORDERED
        ? this.builder.setThreshold(leaf.node, split.feature, split.bin, split.missingLeft)
        : this.builder.setCategories(leaf.node, split.feature, split.goesLeft, feature.missing + 1);
    const right: GradientSums = {
      gradient: leaf.sums.gradient - split.left.gradient,
      hessian: leaf.sums.hessian - split.left.hessian,
      rows: leaf.sums.rows - split.left.rows,
    };
    const left: BoostingLeaf = { node: child, start: leaf.start, end: middle, sums: split.left };
    const other: BoostingLeaf = { node: child + 1, start: middle, end: leaf.end, sums: right };
    if (!goesOn) {
      if (leaf.histogram !== undefined) this.histograms.release(leaf.histogram);
      leaves.push(left, other);
      return;
    }
    const depth = leaf.depth + 1;
    const leftSmaller = split.left.rows <= right.rows;
    const smaller = leftSmaller ? left : other;
    const larger = leftSmaller ? other : left;
    const whole = leaf.histogram;
    const largerOpen = this.maySplit(larger.sums, depth);
    let smallerHistogram: GradientHistogram | undefined;
    if (this.maySplit(smaller.sums, depth) || (largerOpen && whole !== undefined)) {
      smallerHistogram = this.histograms.count(smaller.start, smaller.end);
    }
    if (whole !== undefined && largerOpen) this.histograms.subtract(whole, smallerHistogram!);
    // The larger one first: with little memory its histogram is free again for the smaller one.
    this.add(open, leaves, larger, depth, whole);
    this.add(open, leaves, smaller, depth, smallerHistogram);
  }

  private drawFeatures(): number {
    const { candidates } = this;
    const count = Math.min(candidates.length, this.rules.featuresPerSplit);
    if (count === candidates.length) return count;
    for (let i = 0; i < count; i++) {
      const other = i + this.random.integer(candidates.length - i);
      const swapped = candidates[i]!;
      candidates[i] = candidates[other]!;
      candidates[other] = swapped;
    }
    return count;
  }
}

/** Whether the rows of the fold differ in a feature: one that does not needs no histogram. */
function differs(feature: TreeFeature, rowOf: Int32Array, rowCount: number): boolean {
  const { cells, missing, imputed } = feature;
  const codeOf = (position: number) => {
    const code = cells[rowOf[position]!]!;
    return code === missing ? imputed : code;
  };
  for (let i = 1; i < rowCount; i++) if (codeOf(i) !== codeOf(0)) return true;
  return false;
}
