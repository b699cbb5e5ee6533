import { NodeSplitter, type SplitRules } from './node-splitter.js';
import type { TreeFeature } from './tree-features.js';

/** The rows of a node with weight and class, for three classes or more. */
export abstract class ClassRows extends NodeSplitter {
  protected readonly classCount: number;
  protected readonly weights: Float32Array;
  protected readonly classes: Uint16Array;
  /** Weight of each class in the node. */
  protected readonly whole: Float64Array;
  protected weight = 0;
  protected rowCount = 0;
  private readonly spareRows: Int32Array;
  private readonly spareWeights: Float32Array;
  private readonly spareClasses: Uint16Array;
  private readonly describeLeaf: (classWeights: Float64Array, weight: number) => number;
  /** The only class of the node, or -1. */
  private pureClass = -1;

  /** @param describeLeaf gives the word of a leaf with several classes from their weights and the total. */
  constructor(
    features: readonly TreeFeature[],
    rules: SplitRules,
    capacity: number,
    classCount: number,
    describeLeaf: (classWeights: Float64Array, weight: number) => number,
  ) {
    super(features, rules, capacity);
    this.classCount = classCount;
    this.weights = new Float32Array(capacity);
    this.classes = new Uint16Array(capacity);
    this.spareRows = new Int32Array(capacity);
    this.spareWeights = new Float32Array(capacity);
    this.spareClasses = new Uint16Array(capacity);
    this.whole = new Float64Array(classCount);
    this.describeLeaf = describeLeaf;
  }

  /** Puts a row at a position. */
  place(position: number, row: number, weight: number, classIndex: number): void {
    this.rows[position] = row;
    this.weights[position] = weight;
    this.classes[position] = classIndex;
  }

  override measure(start: number, end: number): boolean {
    const { whole, weights, classes } = this;
    const first = classes[start]!;
    let same = start + 1;
    while (same < end && classes[same] === first) same++;
    this.rowCount = end - start;
    this.pureClass = same === end ? first : -1;
    if (same === end) return false;
    whole.fill(0);
    let weight = 0;
    for (let i = start; i < end; i++) {
      whole[classes[i]!]! += weights[i]!;
      weight += weights[i]!;
    }
    this.weight = weight;
    return true;
  }

  override leaf(): number {
    return this.pureClass >= 0 ? this.pureClass : this.describeLeaf(this.whole, this.weight);
  }

  protected override moveByThreshold(cells: Uint8Array, bin: number, start: number, end: number): number {
    const { rows, weights, classes, spareRows, spareWeights, spareClasses } = this;
    let left = start;
    let right = 0;
    for (let i = start; i < end; i++) {
      const row = rows[i]!;
      const weight = weights[i]!;
      const classIndex = classes[i]!;
      const isLeft = (cells[row]! - bin - 1) >>> 31;
      rows[left] = row;
      weights[left] = weight;
      classes[left] = classIndex;
      spareRows[right] = row;
      spareWeights[right] = weight;
      spareClasses[right] = classIndex;
      left += isLeft;
      right += 1 - isLeft;
    }
    this.restore(left, right);
    return left;
  }

  protected override moveByCode(cells: Uint8Array, goesLeft: Uint8Array, start: number, end: number): number {
    const { rows, weights, classes, spareRows, spareWeights, spareClasses } = this;
    let left = start;
    let right = 0;
    for (let i = start; i < end; i++) {
      const row = rows[i]!;
      const weight = weights[i]!;
      const classIndex = classes[i]!;
      const isLeft = goesLeft[cells[row]!]!;
      rows[left] = row;
      weights[left] = weight;
      classes[left] = classIndex;
      spareRows[right] = row;
      spareWeights[right] = weight;
      spareClasses[right] = classIndex;
      left += isLeft;
      right += 1 - isLeft;
    }
    this.restore(left, right);
    return left;
  }

  private restore(left: number, right: number): void {
    const { rows, weights, classes, spareRows, spareWeights, spareClasses } = this;
    for (let i = 0; i < right; i++) {
      rows[left + i] = spareRows[i]!;
      weights[left + i] = spareWeights[i]!;
      classes[left + i] = spareClasses[i]!;
    }
  }
}
