import { MomentSplitter } from './moment-splitter.js';
import type { SplitRules } from './node-splitter.js';
import type { TreeFeature } from './tree-features.js';

/** Rows counted before the 16-bit halves of a histogram's words are emptied into the lists. */
export const CHUNK_ROWS = 2048;
/** How often a row may count: 2048 rows of it still fit 15 bits. */
const GREATEST_COUNT = 15;

/** The rows of a node of two classes: how often a row counts and its class are one integer. */
export abstract class BinaryRows extends MomentSplitter {
  /** Twice the count, plus the class. */
  protected readonly codes: Uint16Array;
  /** Whether all rows together count so little that no half of a histogram's word can overflow. */
  protected readonly smallCounts: boolean;
  protected readonly classWeights: Float64Array;
  private readonly spareRows: Int32Array;
  private readonly spareCodes: Uint16Array;
  private readonly describeLeaf: (weight: number, weightOfOne: number) => number;

  /**
   * @param classWeights length 2; may change between trees.
   * @param describeLeaf gives the word of a leaf from its weight and the weight of class 1.
   */
  constructor(
    features: readonly TreeFeature[],
    rules: SplitRules,
    capacity: number,
    classWeights: Float64Array,
    describeLeaf: (weight: number, weightOfOne: number) => number,
  ) {
    super(features, rules, capacity);
    this.codes = new Uint16Array(capacity);
    this.spareRows = new Int32Array(capacity);
    this.spareCodes = new Uint16Array(capacity);
    this.smallCounts = capacity < 32768;
    this.classWeights = classWeights;
    this.describeLeaf = describeLeaf;
  }

  override place(position: number, row: number, count: number, target: number): void {
    this.rows[position] = row;
    this.codes[position] = 2 * (this.smallCounts ? count : Math.min(count, GREATEST_COUNT)) + target;
  }

  override measure(start: number, end: number): boolean {
    const { codes } = this;
    let count = 0;
    let ones = 0;
    for (let i = start; i < end; i++) {
      const code = codes[i]!;
      count += code >> 1;
      ones += -(code & 1) & (code >> 1);
    }
    const sum = ones * this.classWeights[1]!;
    this.setWhole(end - start, (count - ones) * this.classWeights[0]! + sum, sum, true);
    return ones > 0 && ones < count;
  }

  override leaf(): number {
    return this.describeLeaf(this.weight, this.weightedTarget);
  }

  protected override tally(start: number, end: number, bin: number, missing: number): void {
    const { codes, scratch, tallied } = this;
    let rows = 0;
    let count = 0;
    let ones = 0;
    let missingRows = 0;
    let missingCount = 0;
    let missingOnes = 0;
    for (let i = start; i < end; i++) {
      const code = codes[i]!;
      const left = (scratch[i - start]! - bin - 1) >> 31;
      rows -= left;
      count += left & (code >> 1);
      ones += left & -(code & 1) & (code >> 1);
      if (scratch[i - start] !== missing) continue;
      missingRows++;
      missingCount += code >> 1;
      missingOnes += -(code & 1) & (code >> 1);
    }
    const zero = this.classWeights[0]!;
    const one = this.classWeights[1]!;
    tallied[0] = rows;
    tallied[1] = (count - ones) * zero + ones * one;
    tallied[2] = ones * one;
    tallied[3] = missingRows;
    tallied[4] = (missingCount - missingOnes) * zero + missingOnes * one;
    tallied[5] = missingOnes * one;
  }

  protected override moveByThreshold(cells: Uint8Array, bin: number, start: number, end: number): number {
    const { rows, codes, spareRows, spareCodes } = this;
    let left = start;
    let right = 0;
    for (let i = start; i < end; i++) {
      const row = rows[i]!;
      const code = codes[i]!;
      const isLeft = (cells[row]! - bin - 1) >>> 31;
      rows[left] = row;
      codes[left] = code;
      spareRows[right] = row;
      spareCodes[right] = code;
      left += isLeft;
      right += 1 - isLeft;
    }
    this.restore(left, right);
    return left;
  }

  protected override moveByCode(cells: Uint8Array, goesLeft: Uint8Array, start: number, end: number): number {
    const { rows, codes, spareRows, spareCodes } = this;
    let left = start;
    let right = 0;
    for (let i = start; i < end; i++) {
      const row = rows[i]!;
      const code = codes[i]!;
      const isLeft = goesLeft[cells[row]!]!;
      rows[left] = row;
      codes[left] = code;
      spareRows[right] = row;
      spareCodes[right] = code;
      left += isLeft;
      right += 1 - isLeft;
    }
    this.restore(left, right);
    return left;
  }

  private restore(left: number, right: number): void {
    const { rows, codes, spareRows, spareCodes } = this;
    for (let i = 0; i < right; i++) {
      rows[left + i] = spareRows[i]!;
      codes[left + i] = spareCodes[i]!;
    }
  }
}
