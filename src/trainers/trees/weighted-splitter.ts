import { CONSTANT, DIVIDED, MomentSplitter, type SortedOutcome, UNDECIDED } from './moment-splitter.js';
import { POSITION_BITS, POSITION_MASK, type SplitRules } from './node-splitter.js';
import type { TreeFeature } from './tree-features.js';

/**
 * Any target with any weights, by squared error; two classes as targets 0 and 1. Weights and targets are kept to 24
 * bits, sums to 53.
 */
export class WeightedSplitter extends MomentSplitter {
  private readonly weights: Float32Array;
  private readonly targets: Float32Array;
  private readonly spareRows: Int32Array;
  private readonly spareWeights: Float32Array;
  private readonly spareTargets: Float32Array;
  private readonly rowHistogram = new Int32Array(257);
  private readonly weightHistogram = new Float64Array(257);
  private readonly sumHistogram = new Float64Array(257);
  private readonly binary: boolean;
  private readonly describeLeaf: (weight: number, weightedTarget: number) => number;

  /**
   * @param binary whether targets are 0 and 1.
   * @param describeLeaf gives the word of a leaf from its weight and weighted target.
   */
  constructor(
    features: readonly TreeFeature[],
    rules: SplitRules,
    capacity: number,
    binary: boolean,
    describeLeaf: (weight: number, weightedTarget: number) => number,
  ) {
    super(features, rules, capacity);
    this.weights = new Float32Array(capacity);
    this.targets = new Float32Array(capacity);
    this.spareRows = new Int32Array(capacity);
    this.spareWeights = new Float32Array(capacity);
    this.spareTargets = new Float32Array(capacity);
    this.binary = binary;
    this.describeLeaf = describeLeaf;
  }

  override place(position: number, row: number, weight: number, target: number): void {
    this.rows[position] = row;
    this.weights[position] = weight;
    this.targets[position] = target;
  }

  override measure(start: number, end: number): boolean {
    const { weights, targets } = this;
    const first = targets[start]!;
    let weight = 0;
    let sum = 0;
    let different = 0;
    for (let i = start; i < end; i++) {
      const target = targets[i]!;
      weight += weights[i]!;
      sum += weights[i]! * target;
      if (target !== first) different = 1;
    }
    this.setWhole(end - start, weight, sum, this.binary);
    return different === 1;
  }

  override leaf(): number {
    return this.describeLeaf(this.weight, this.weightedTarget);
  }

  protected override trySorted(index: number, feature: TreeFeature, start: number, end: number): SortedOutcome {
    const { keys, weights, targets } = this;
    const count = end - start;
    if (!this.sortCells(feature, start, count)) return CONSTANT;
    if (keys[count - 1]! >> POSITION_BITS === feature.missing) return UNDECIDED;
    const least = this.rules.minSamplesLeaf;
    const wholeWeight = this.weight;
    const mean = this.weightedTarget / wholeWeight;
    const leastWeight = 1e-12 * wholeWeight;
    let weight = 0;
    let sum = 0;
    let best = this.bestScore;
    let bestPlace = -1;
    let largerLeft = false;
    let key = keys[0]!;
    for (let i = 1; i < count; i++) {
      const position = start + (key & POSITION_MASK);
      const rowWeight = weights[position]!;
      weight += rowWeight;
      sum += rowWeight * targets[position]!;
      const next = keys[i]!;
      const same = next >> POSITION_BITS === key >> POSITION_BITS;
      key = next;
      if (same) continue;
      const right = wholeWeight - weight;
      const difference = sum - mean * weight;
      const score = (difference * difference) / (weight * right);
      if (score > best && i >= least && count - i >= least && right > leastWeight) {
        best = score;
        bestPlace = i;
        largerLeft = weight > right;
      }
    }
    if (bestPlace > 0) {
      this.keep(index, keys[bestPlace - 1]! >> POSITION_BITS, keys[bestPlace]! >> POSITION_BITS, best, largerLeft);
    }
    return DIVIDED;
  }

  protected override listSorted(feature: TreeFeature, start: number, end: number): number {
    const count = end - start;
    if (!this.sortCells(feature, start, count)) return 1;
    const { keys, weights, targets, present, listRows, listWeights, listSums } = this;
    let length = -1;
    let last = -1;
    for (let i = 0; i < count; i++) {
      const key = keys[i]!;
      const cell = key >> POSITION_BITS;
      const position = start + (key & POSITION_MASK);
      const weight = weights[position]!;
      const sum = weight * targets[position]!;
      if (cell === last) {
        listRows[length]! += 1;
        listWeights[length]! += weight;
        listSums[length]! += sum;
        continue;
      }
      last = cell;
      present[++length] = cell;
      listRows[length] = 1;
      listWeights[length] = weight;
      listSums[length] = sum;
    }
    return length + 1;
  }

  protected override listCounted(feature: TreeFeature, start: number, end: number): number {
    const { rows, weights, targets, rowHistogram, weightHistogram, sumHistogram } = this;
    const { present, listRows, listWeights, listSums } = this;
    const { cells, missing, imputed } = feature;
    for (let i = start; i < end; i++) {
      const cell = cells[rows[i]!]!;
      const weight = weights[i]!;
      rowHistogram[cell]! += 1;
      weightHistogram[cell]! += weight;
      sumHistogram[cell]! += weight * targets[i]!;
    }
    if (imputed !== missing) {
      rowHistogram[imputed]! += rowHistogram[missing]!;
      weightHistogram[imputed]! += weightHistogram[missing]!;
      sumHistogram[imputed]! += sumHistogram[missing]!;
      rowHistogram[missing] = 0;
      weightHistogram[missing] = 0;
      sumHistogram[missing] = 0;
    }
    let length = 0;
    // Without a branch, for which of the codes occur cannot be predicted.
    for (let cell = 0; cell <= missing; cell++) {
      present[length] = cell;
      length += -rowHistogram[cell]! >>> 31;
    }
    for (let i = 0; i < length; i++) {
      const cell = present[i]!;
      listRows[i] = rowHistogram[cell]!;
      listWeights[i] = weightHistogram[cell]!;
      listSums[i] = sumHistogram[cell]!;
      rowHistogram[cell] = 0;
      weightHistogram[cell] = 0;
      sumHistogram[cell] = 0;
    }
    return length;
  }

  protected override tally(start: number, end: number, bin: number, missing: number): void {
    const { weights, targets, scratch, tallied } = this;
    let rows = 0;
    let weight = 0;
    let sum = 0;
    for (let i = start; i < end; i++) {
      const left = (scratch[i - start]! - bin - 1) >>> 31;
      const rowWeight = left * weights[i]!;
      rows += left;
      weight += rowWeight;
      sum += rowWeight * targets[i]!;
      if (scratch[i - start] !== missing) continue;
      tallied[3]! += 1;
      tallied[4]! += weights[i]!;
      tallied[5]! += weights[i]! * targets[i]!;
    }
    tallied[0] = rows;
    tallied[1] = weight;
    tallied[2] = sum;
  }

  protected override moveByThreshold(cells: Uint8Array, bin: number, start: number, end: number): number {
    const { rows, weights, targets, spareRows, spareWeights, spareTargets } = this;
    let left = start;
    let right = 0;
    for (let i = start; i < end; i++) {
      const row = rows[i]!;
      const weight = weights[i]!;
      const target = targets[i]!;
      const isLeft = (cells[row]! - bin - 1) >>> 31;
      rows[left] = row;
      weights[left] = weight;
      targets[left] = target;
      spareRows[right] = row;
      spareWeights[right] = weight;
      spareTargets[right] = target;
      left += isLeft;
      right += 1 - isLeft;
    }
    this.restore(left, right);
    return left;
  }

  protected override moveByCode(cells: Uint8Array, goesLeft: Uint8Array, start: number, end: number): number {
    const { rows, weights, targets, spareRows, spareWeights, spareTargets } = this;
    let left = start;
    let right = 0;
    for (let i = start; i < end; i++) {
      const row = rows[i]!;
      const weight = weights[i]!;
      const target = targets[i]!;
      const isLeft = goesLeft[cells[row]!]!;
      rows[left] = row;
      weights[left] = weight;
      targets[left] = target;
      spareRows[right] = row;
      spareWeights[right] = weight;
      spareTargets[right] = target;
      left += isLeft;
      right += 1 - isLeft;
    }
    this.restore(left, right);
    return left;
  }

  private restore(left: number, right: number): void {
    const { rows, weights, targets, spareRows, spareWeights, spareTargets } = this;
    for (let i = 0; i < right; i++) {
      rows[left + i] = spareRows[i]!;
      weights[left + i] = spareWeights[i]!;
      targets[left + i] = spareTargets[i]!;
    }
  }
}
