import type { ForestRows } from './forest-rows.js';
import { NodeSplitter, type SplitRules } from './node-splitter.js';
import type { TreeFeature } from './tree-features.js';

/** The rows of a node with weight and class, for three classes or more. */
export abstract class ClassRows extends NodeSplitter {
  protected readonly classCount: number;
  /** Of row r at 2 r + 1. */
  protected readonly weights: Float32Array;
  /** Of row r at 2 r. */
  protected readonly classes: Int32Array;
  /** Weight of each class in the node. */
  protected readonly whole: Float64Array;
  protected weight = 0;
  protected rowCount = 0;
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
    this.weights = rows.moments;
    this.classes = rows.classes;
    this.whole = new Float64Array(rows.kernel.buffer, rows.scratchAddress, classCount);
    this.describeLeaf = describeLeaf;
  }

  override measure(start: number, end: number): boolean {
    const { whole, weights, classes } = this;
    const { places } = this.rows;
    const first = classes[2 * places[start]!]!;
    let same = start + 1;
    while (same < end && classes[2 * places[same]!] === first) same++;
    this.rowCount = end - start;
    this.pureClass = same === end ? first : -1;
    if (same === end) return false;
    whole.fill(0);
    let weight = 0;
    for (let i = start; i < end; i++) {
      const row = places[i]!;
      whole[classes[2 * row]!]! += weights[2 * row + 1]!;
      weight += weights[2 * row + 1]!;
    }
    this.weight = weight;
    return true;
  }

  override leaf(): number {
    return this.pureClass >= 0 ? this.pureClass : this.describeLeaf(this.whole, this.weight);
  }
}
