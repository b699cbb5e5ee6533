import type { TreeFeature } from '../bins/tree-features.js';
import { LEAST_WEIGHT_SHARE } from '../kernel/division-rules.js';
import { RESULT_ADDRESS } from '../kernel/memory-layout.js';
import type { ForestRows } from './forest-rows.js';
import { NodeSplitter, type SplitRules } from './node-splitter.js';
import { xLogX } from './x-log-x.js';

const RESULT = RESULT_ADDRESS / 8;

/**
 * Scores divisions of a node by the classes of its rows, for three or more. The score of a division is the sum over both sides of (sum over classes c of w_c²) / w, or
 * of sum w_c log w_c - w log w for entropy: greater is better. Moving a row or a bin from right to left changes only its
 * own classes' terms.
 */
export abstract class ClassScan extends NodeSplitter {
  protected readonly entropy: boolean;
  protected readonly classCount: number;
  /** Weight of each class in the node. */
  protected readonly whole: Float64Array;
  protected weight = 0;
  protected rowCount = 0;
  /** Weight of each class on the left, as the scan moves; in the room that the kernel has for the same. */
  protected readonly left: Float64Array;
  protected readonly missingWeights: Float64Array;
  /** Sum of the terms of `whole`. */
  protected wholeSum = 0;
  protected override perfectScore = Infinity;
  /** Weight and sum of the terms on the left and on the right. */
  protected leftWeight = 0;
  protected leftSum = 0;
  protected rightSum = 0;
  private readonly describeLeaf: (classWeights: Float64Array, weight: number) => number;
  /** The only class of the node, or -1. */
  private pureClass = -1;

  /** @param describeLeaf gives the word of a leaf with several classes from their weights and the total. */
  constructor(
    features: readonly TreeFeature[],
    rules: SplitRules,
    rows: ForestRows,
    classCount: number,
    describeLeaf: (classWeights: Float64Array, weight: number) => number,
  ) {
    super(features, rules, rows);
    this.classCount = classCount;
    this.describeLeaf = describeLeaf;
    this.whole = new Float64Array(rows.kernel.buffer, rows.scratch.whole, classCount);
    this.entropy = rules.criterion === 'entropy';
    this.left = new Float64Array(rows.kernel.buffer, rows.scratch.left, classCount);
    this.missingWeights = new Float64Array(classCount);
  }

  override measure(start: number, end: number): boolean {
    const { kernel, momentsAddress, placesAddress, scratch } = this.rows;
    this.pureClass = kernel.totalClasses(momentsAddress, placesAddress, start, end, scratch.whole, this.classCount);
    if (this.pureClass >= 0) return false;
    const squares = this.doubles[RESULT + 2]!;
    this.rowCount = end - start;
    this.weight = this.doubles[RESULT + 1]!;
    this.wholeSum = this.entropy ? this.whole.reduce((sum, weight) => sum + xLogX(weight), 0) : squares;
    this.perfectScore = this.weight * (this.entropy ? -1e-12 : 1 - 1e-12);
    return true;
  }

  override leaf(): number {
    return this.pureClass >= 0 ? this.pureClass : this.describeLeaf(this.whole, this.weight);
  }

  protected override gain(): number {
    return this.bestScore - this.sideScore(this.wholeSum, this.weight);
  }

  protected term(weight: number): number {
    return this.entropy ? xLogX(weight) : weight * weight;
  }

  protected sideScore(sum: number, weight: number): number {
    return this.entropy ? sum - xLogX(weight) : sum / weight;
  }

  protected beginScan(): void {
    this.left.fill(0);
    this.leftWeight = 0;
    this.leftSum = 0;
    this.rightSum = this.wholeSum;
  }

  protected moveLeft(classIndex: number, weight: number): void {
    const before = this.left[classIndex]!;
    const right = this.whole[classIndex]! - before;
    this.left[classIndex] = before + weight;
    this.leftWeight += weight;
    this.leftSum += this.term(before + weight) - this.term(before);
    this.rightSum += this.term(right - weight) - this.term(right);
  }

  /** Weighs the division that the scan stands at, with the missing rows on either side. */
  protected consider(
    index: number,
    feature: TreeFeature,
    cell: number,
    next: number,
    count: number,
    missingRows: number,
  ): void {
    if (this.allows(count, this.leftWeight)) {
      const right = this.weight - this.leftWeight;
      const score = this.sideScore(this.leftSum, this.leftWeight) + this.sideScore(this.rightSum, right);
      // Without missing rows in the node, later ones follow the larger side.
      if (score > this.bestScore) {
        this.keep(index, cell, next, score, missingRows === 0 && 2 * count > this.rowCount);
      }
    }
    if (missingRows === 0 || next === feature.missing) return;
    let leftSum = 0;
    let rightSum = 0;
    let leftWeight = 0;
    for (let c = 0; c < this.classCount; c++) {
      const weight = this.left[c]! + this.missingWeights[c]!;
      leftWeight += weight;
      leftSum += this.term(weight);
      rightSum += this.term(this.whole[c]! - weight);
    }
    if (!this.allows(count + missingRows, leftWeight)) return;
    const score = this.sideScore(leftSum, leftWeight) + this.sideScore(rightSum, this.weight - leftWeight);
    if (score > this.bestScore) this.keep(index, cell, next, score, true);
  }

  protected allows(count: number, weight: number): boolean {
    const least = this.rules.minSamplesLeaf;
    return (
      count >= least &&
      this.rowCount - count >= least &&
      this.weight - weight > LEAST_WEIGHT_SHARE * this.weight &&
      weight > 0
    );
  }
}
