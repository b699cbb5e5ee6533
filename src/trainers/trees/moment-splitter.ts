import { NodeSplitter, type SplitRules } from './node-splitter.js';
import { lastBinAtMost, ONE_HOT, ORDERED, type TreeFeature } from './tree-features.js';

/** What a small node showed: the feature is constant in it, or divided as well as can be, or has missing rows. */
export const CONSTANT = 0;
export const DIVIDED = 1;
export const UNDECIDED = 2;
export type SortedOutcome = typeof CONSTANT | typeof DIVIDED | typeof UNDECIDED;

/**
 * Splits by weight and weighted target alone: squared error, and two classes with target 0 and 1, whose Gini impurity
 * is twice the variance. With w and s the weight and weighted target of the left side, W and S of the node, and
 * d = s - w S / W, a division decreases the sum of squares by W d² / (w (W - w)). For entropy the score is the sum
 * over both sides of a log a + b log b - w log w over the weights a and b of the classes: greater is better.
 *
 * Implementations keep the rows' weights and targets, and sum them up by code into lists; only codes that occur in the
 * node are listed, ascending.
 */
export abstract class MomentSplitter extends NodeSplitter {
  protected readonly present = new Int32Array(257);
  protected readonly listRows = new Float64Array(257);
  protected readonly listWeights = new Float64Array(257);
  protected readonly listSums = new Float64Array(257);
  /** Codes of the node's rows, for random thresholds. */
  protected readonly scratch: Uint8Array;
  protected weight = 0;
  protected weightedTarget = 0;
  protected rowCount = 0;
  protected greatestScore = Infinity;
  private readonly entropy: boolean;
  private readonly keysOfCategories = new Float64Array(256);
  /** Sums of the rows left of a random threshold, then of those without a value: rows, weight, weighted target. */
  protected readonly tallied = new Float64Array(6);

  constructor(features: readonly TreeFeature[], rules: SplitRules, capacity: number) {
    super(features, rules, capacity);
    this.scratch = new Uint8Array(rules.randomThresholds ? capacity : 0);
    this.entropy = rules.criterion === 'entropy';
  }

  /** Puts a row at a position. */
  abstract place(position: number, row: number, weight: number, target: number): void;
  /** The whole of `scanPlain` for a small node, without lists. */
  protected abstract trySorted(index: number, feature: TreeFeature, start: number, end: number): SortedOutcome;
  /** Lists a small node by sorting it. @returns length of the lists; 1 where the feature is constant. */
  protected abstract listSorted(feature: TreeFeature, start: number, end: number): number;
  /** Lists a node by counting into bins. */
  protected abstract listCounted(feature: TreeFeature, start: number, end: number): number;
  /** Fills `tallied` for the codes in `scratch`. */
  protected abstract tally(start: number, end: number, bin: number, missing: number): void;

  protected override gain(): number {
    if (!this.entropy) return this.bestScore * this.weight;
    return this.bestScore - this.entropyTerms(this.weight, this.weightedTarget);
  }

  protected override isPerfect(): boolean {
    return this.rowCount === 2 || this.bestScore >= this.greatestScore;
  }

  /** To be called by `measure`. @param binary whether targets are 0 and 1. */
  protected setWhole(rowCount: number, weight: number, sum: number, binary: boolean): void {
    this.rowCount = rowCount;
    this.weight = weight;
    this.weightedTarget = sum;
    // Pure sides leave nothing of the sum of squares S - S²/W.
    const possible = binary && !this.entropy ? (sum - (sum * sum) / weight) / weight : Infinity;
    this.greatestScore = possible * (1 - 1e-9);
  }

  protected override tryFeature(index: number, start: number, end: number): boolean {
    const feature = this.features[index]!;
    if (feature.kind === ORDERED && this.rules.randomThresholds) {
      return this.tryRandomThreshold(index, feature, start, end);
    }
    const small = this.isSmall(feature, end - start);
    if (small && feature.kind === ORDERED && !this.entropy) {
      const outcome = this.trySorted(index, feature, start, end);
      if (outcome !== UNDECIDED) return outcome === DIVIDED;
    }
    const length = small ? this.listSorted(feature, start, end) : this.listCounted(feature, start, end);
    if (length <= 1) return false;
    if (feature.kind !== ORDERED) this.tryCategories(index, feature, length);
    else if (this.entropy || this.present[length - 1] === feature.missing) this.scanAny(index, feature, length);
    else this.scanPlain(index, length);
    return true;
  }

  /** Divisions after every bin, for squared error and Gini without missing rows. */
  private scanPlain(index: number, length: number): void {
    const { listRows, listWeights, listSums, present } = this;
    const least = this.rules.minSamplesLeaf;
    const most = this.rowCount - least;
    const wholeWeight = this.weight;
    const mean = this.weightedTarget / wholeWeight;
    const leastWeight = 1e-12 * wholeWeight;
    let rows = 0;
    let weight = 0;
    let sum = 0;
    let best = this.bestScore;
    let bestPlace = -1;
    let largerLeft = false;
    for (let i = 0; i < length - 1; i++) {
      rows += listRows[i]!;
      weight += listWeights[i]!;
      sum += listSums[i]!;
      const right = wholeWeight - weight;
      const difference = sum - mean * weight;
      const score = (difference * difference) / (weight * right);
      if (score > best && rows >= least && rows <= most && right > leastWeight) {
        best = score;
        bestPlace = i;
        largerLeft = weight > right;
      }
    }
    if (bestPlace < 0) return;
    this.keep(index, present[bestPlace]!, present[bestPlace + 1]!, best, largerLeft);
  }

  /** Divisions after every bin, with the missing rows on either side. */
  private scanAny(index: number, feature: TreeFeature, length: number): void {
    const { listRows, listWeights, listSums, present } = this;
    const missing = present[length - 1] === feature.missing ? length - 1 : -1;
    const missingRows = missing >= 0 ? listRows[missing]! : 0;
    const missingWeight = missing >= 0 ? listWeights[missing]! : 0;
    const missingSum = missing >= 0 ? listSums[missing]! : 0;
    let rows = 0;
    let weight = 0;
    let sum = 0;
    for (let i = 0; i < length - 1; i++) {
      rows += listRows[i]!;
      weight += listWeights[i]!;
      sum += listSums[i]!;
      const next = present[i + 1]!;
      this.consider(index, feature, present[i]!, next, rows, weight, sum, missingRows, missingWeight, missingSum);
    }
  }

  /** Weighs the division after bin `cell`. @param next following code with rows. */
  private consider(
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
      this.keep(index, cell, next, score, missingRows === 0 && 2 * weight > this.weight);
    }
    if (missingRows === 0 || next === feature.missing) return;
    const other = this.score(rows + missingRows, weight + missingWeight, sum + missingSum);
    if (other > this.bestScore) this.keep(index, cell, next, other, true);
  }

  /** Score of a division by its left side, or -Infinity where a side is too small. */
  private score(rows: number, weight: number, sum: number): number {
    const least = this.rules.minSamplesLeaf;
    const right = this.weight - weight;
    if (rows < least || this.rowCount - rows < least || !(right > 1e-12 * this.weight) || weight <= 0) return -Infinity;
    if (this.entropy) return this.entropyTerms(weight, sum) + this.entropyTerms(right, this.weightedTarget - sum);
    const difference = sum - (this.weightedTarget / this.weight) * weight;
    return (difference * difference) / (weight * right);
  }

  private entropyTerms(weight: number, sum: number): number {
    return xLogX(sum) + xLogX(weight - sum) - xLogX(weight);
  }

  protected keep(index: number, cell: number, next: number, score: number, missingLeft: boolean) {
    this.bestScore = score;
    this.best.feature = index;
    this.best.bin = cell;
    this.bestNext = next;
    this.best.missingLeft = missingLeft;
  }

  private tryRandomThreshold(index: number, feature: TreeFeature, start: number, end: number): boolean {
    const { scratch, rows, tallied } = this;
    const { cells, missing, imputed, centers } = feature;
    let lowest = 256;
    let highest = -1;
    let missingRows = 0;
    for (let i = start; i < end; i++) {
      let cell = cells[rows[i]!]!;
      if (cell === missing) cell = imputed;
      scratch[i - start] = cell;
      if (cell === missing) {
        missingRows++;
        continue;
      }
      if (cell < lowest) lowest = cell;
      if (cell > highest) highest = cell;
    }
    if (highest < 0 || (lowest === highest && missingRows === 0)) return false;
    let bin = lowest;
    if (lowest < highest) {
      const share = this.random.uniform();
      bin = lastBinAtMost(centers, lowest, highest, centers[lowest]! * (1 - share) + centers[highest]! * share);
    }
    tallied.fill(0);
    this.tally(start, end, bin, missing);
    const next = lowest === highest ? missing : bin + 1;
    this.consider(
      index,
      feature,
      bin,
      next,
      tallied[0]!,
      tallied[1]!,
      tallied[2]!,
      tallied[3]!,
      tallied[4]!,
      tallied[5]!,
    );
    return true;
  }

  private tryCategories(index: number, feature: TreeFeature, length: number): void {
    const { listRows, listWeights, listSums } = this;
    const random = this.rules.randomThresholds;
    this.orderCategories(length, random);
    if (feature.kind === ONE_HOT) {
      // In a random order the first category is a random one.
      for (let i = 0; i < (random ? 1 : length); i++) {
        this.considerCategories(index, feature, length, i, 1, listRows[i]!, listWeights[i]!, listSums[i]!);
      }
      return;
    }
    const only = random ? this.draw(length - 1) : -1;
    let rows = 0;
    let weight = 0;
    let sum = 0;
    for (let i = 0; i + 1 < length; i++) {
      rows += listRows[i]!;
      weight += listWeights[i]!;
      sum += listSums[i]!;
      if (only < 0 || i === only) this.considerCategories(index, feature, length, 0, i + 1, rows, weight, sum);
    }
  }

  /** By mean target, along which the best subset is a prefix (Fisher 1958); at random for random splits. */
  private orderCategories(length: number, random: boolean): void {
    const { present, listRows, listWeights, listSums, keysOfCategories } = this;
    for (let i = 0; i < length; i++) {
      const code = present[i]!;
      const rows = listRows[i]!;
      const weight = listWeights[i]!;
      const sum = listSums[i]!;
      const key = random ? this.random.uniform() : sum / weight;
      let place = i;
      while (place > 0 && keysOfCategories[place - 1]! > key) {
        keysOfCategories[place] = keysOfCategories[place - 1]!;
        present[place] = present[place - 1]!;
        listRows[place] = listRows[place - 1]!;
        listWeights[place] = listWeights[place - 1]!;
        listSums[place] = listSums[place - 1]!;
        place--;
      }
      keysOfCategories[place] = key;
      present[place] = code;
      listRows[place] = rows;
      listWeights[place] = weight;
      listSums[place] = sum;
    }
  }

  private considerCategories(
    index: number,
    feature: TreeFeature,
    length: number,
    first: number,
    taken: number,
    rows: number,
    weight: number,
    sum: number,
  ): void {
    const score = this.score(rows, weight, sum);
    if (!(score > this.bestScore)) return;
    this.bestScore = score;
    this.best.feature = index;
    this.best.missingLeft = false;
    this.fillCategories(feature, this.present, length, first, taken, 2 * weight > this.weight);
  }
}

function xLogX(x: number): number {
  return x > 0 ? x * Math.log(x) : 0;
}
