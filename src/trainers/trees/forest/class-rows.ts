import type { TreeFeature } from '../bins/tree-features.js';
import { RESULT_ADDRESS } from '../kernel/memory-layout.js';
import type { ForestRows } from './forest-rows.js';
import { NodeSplitter, type SplitRules } from './node-splitter.js';

const RESULT = RESULT_ADDRESS / 8;

/** The rows of a node with weight and class, for three classes or more. */
export abstract class ClassRows extends NodeSplitter {
  protected readonly classCount: number;
  /** Weight of each class in the node. */
  protected readonly whole: Float64Array;
  protected weight = 0;
  /** Sum of the squares of `whole`. */
  protected squares = 0;
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
    this.whole = new Float64Array(rows.kernel.buffer, rows.scratch.whole, classCount);
    this.describeLeaf = describeLeaf;
  }

  override measure(start: number, end: number): boolean {
    const { kernel, momentsAddress, placesAddress, scratch } = this.rows;
    this.pureClass = kernel.totalClasses(momentsAddress, placesAddress, start, end, scratch.whole, this.classCount);
    if (this.pureClass >= 0) return false;
    this.rowCount = end - start;
    this.weight = this.doubles[RESULT + 1]!;
    this.squares = this.doubles[RESULT + 2]!;
    return true;
  }

  override leaf(): number {
    return this.pureClass >= 0 ? this.pureClass : this.describeLeaf(this.whole, this.weight);
  }
}
