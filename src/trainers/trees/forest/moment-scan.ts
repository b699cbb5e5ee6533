import type { TreeFeature } from '../bins/tree-features.js';
import { LEAST_WEIGHT_SHARE } from '../kernel/division-rules.js';
import { RESULT_ADDRESS } from '../kernel/memory-layout.js';
import type { ForestRows } from './forest-rows.js';
import type { LeafTargets } from './leaf-targets.js';
import { NodeSplitter, type SplitRules } from './node-splitter.js';
import { xLogX } from './x-log-x.js';

const RESULT = RESULT_ADDRESS / 8;

/**
 * Scores divisions by weight and weighted target alone: squared error, and two classes with target 0 and 1, whose Gini impurity
 * is twice the variance. With w and s the weight and weighted target of the left side, W and S of the node, and
 * d = s - w S / W, a division decreases the sum of squares by W d² / (w (W - w)). For entropy the score is the sum
 * over both sides of a log a + b log b - w log w over the weights a and b of the classes: greater is better.
 */
export abstract class MomentScan extends NodeSplitter {
  protected weight = 0;
  protected weightedTarget = 0;
  protected readonly entropy: boolean;
  private start = 0;
  private rowCount = 0;
  protected override perfectScore = Infinity;
  private readonly targets: LeafTargets | undefined;
  private readonly describeLeaf: (mean: number) => number;

  /**
   * @param targets of the leaves; undefined where they are 0 and 1.
   * @param describeLeaf gives the word of a leaf from its mean.
   */
  constructor(
    features: readonly TreeFeature[],
    rules: SplitRules,
    rows: ForestRows,
    targets: LeafTargets | undefined,
    describeLeaf: (mean: number) => number,
  ) {
    super(features, rules, rows);
    this.entropy = rules.criterion === 'entropy';
    this.targets = targets;
    this.describeLeaf = describeLeaf;
  }

  override measure(start: number, end: number): boolean {
    const { kernel, momentsAddress, placesAddress } = this.rows;
    const differs = kernel.total(momentsAddress, placesAddress, start, end) !== 0;
    const sum = this.doubles[RESULT + 1]!;
    const weight = this.doubles[RESULT + 2]!;
    this.start = start;
    this.rowCount = end - start;
    this.weight = weight;
    this.weightedTarget = sum;
    if (!differs && this.targets?.differ(start, end) !== true) return false;
    // Pure sides leave nothing of the sum of squares S - S²/W.
    const possible = this.targets === undefined && !this.entropy ? (sum - (sum * sum) / weight) / weight : Infinity;
    this.perfectScore = possible * (1 - 1e-9);
    return true;
  }

  override leaf(): number {
    const { targets, start, weight } = this;
    if (targets === undefined) return this.describeLeaf(this.weightedTarget / weight);
    return this.describeLeaf(targets.mean(start, start + this.rowCount, weight));
  }

  protected override gain(): number {
    if (!this.entropy) return this.bestScore * this.weight;
    return this.bestScore - this.entropyTerms(this.weight, this.weightedTarget);
  }

  /** Weighs the division after bin `cell`. @param next following code with rows. */
  protected consider(
    index: number,
    feature: TreeFeature,
    cell: number,
    next: number,
    rows: number,
    weight: number,
    sum: number,
    missingRows: number,
    missingWeight: number,
    missingSum: number,
  ): void {
    const score = this.score(rows, weight, sum);
    // Without missing rows in the node, later ones follow the larger side.
    if (score > this.bestScore) {
      this.keep(index, cell, next, score, missingRows === 0 && weight > this.weight - weight);
    }
    if (missingRows === 0 || next === feature.missing) return;
    const other = this.score(rows + missingRows, weight + missingWeight, sum + missingSum);
    if (other > this.bestScore) this.keep(index, cell, next, other, true);
  }

  /** Score of a division by its left side, or -Infinity where a side is too small. */
  protected score(rows: number, weight: number, sum: number): number {
    const least = this.rules.minSamplesLeaf;
    const right = this.weight - weight;
    if (rows < least || this.rowCount - rows < least || !(right > LEAST_WEIGHT_SHARE * this.weight) || weight <= 0)
      return -Infinity;
    if (this.entropy) return this.entropyTerms(weight, sum) + this.entropyTerms(right, this.weightedTarget - sum);
    const difference = sum - (this.weightedTarget / this.weight) * weight;
    return (difference * difference) / (weight * right);
  }

  private entropyTerms(weight: number, sum: number): number {
    return xLogX(sum) + xLogX(weight - sum) - xLogX(weight);
  }
}
