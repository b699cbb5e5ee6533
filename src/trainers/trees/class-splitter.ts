import { orderByPrincipalComponent } from './category-order.js';
import { ClassScan, xLogX } from './class-scan.js';
import { POSITION_MASK, type SplitRules } from './node-splitter.js';
import { lastBinAtMost, ONE_HOT, ORDERED, type TreeFeature } from './tree-features.js';

/** Where a key holds the code of a row and its position within the node. */
interface KeyLayout {
  readonly cellShift: number;
  readonly cellMask: number;
  readonly positionShift: number;
  readonly positionMask: number;
}

const SORTED_KEY: KeyLayout = { cellShift: 6, cellMask: 255, positionShift: 0, positionMask: POSITION_MASK };
const COUNTED_KEY: KeyLayout = { cellShift: 0, cellMask: 255, positionShift: 8, positionMask: 2 ** 22 - 1 };

/** Splits for three classes or more. A scan costs what the node has rows, not bins x classes, where that is less. */
export class ClassSplitter extends ClassScan {
  private readonly scratch: Uint8Array;
  /** Positions of a larger node in order of their codes. */
  private readonly sorted: Int32Array;
  private readonly binCounts = new Int32Array(257);
  private readonly histogram: Float64Array;
  private readonly category = new Int32Array(256);

  /** @param describeLeaf gives the word of a leaf with several classes from their weights and the total. */
  constructor(
    features: readonly TreeFeature[],
    rules: SplitRules,
    capacity: number,
    classCount: number,
    describeLeaf: (classWeights: Float64Array, weight: number) => number,
  ) {
    super(features, rules, capacity, classCount, describeLeaf);
    this.scratch = new Uint8Array(rules.randomThresholds ? capacity : 0);
    this.sorted = new Int32Array(rules.randomThresholds ? 0 : Math.min(capacity, 256 * classCount));
    this.histogram = new Float64Array(256 * classCount);
  }

  protected override tryFeature(index: number, start: number, end: number): boolean {
    const feature = this.features[index]!;
    const count = end - start;
    if (feature.kind !== ORDERED) return this.tryCategories(index, feature, start, end);
    if (this.rules.randomThresholds) return this.tryRandomThreshold(index, feature, start, end);
    if (this.isSmall(feature, count)) {
      if (!this.sortCells(feature, start, count)) return false;
      return this.scanRows(index, feature, start, count, this.keys, SORTED_KEY);
    }
    if (2 * count <= feature.missing * this.classCount && count < 2 ** 22)
      return this.tryCounted(index, feature, start, end);
    return this.tryHistogram(index, feature, start, end);
  }

  private tryCounted(index: number, feature: TreeFeature, start: number, end: number): boolean {
    const { binCounts, sorted, rows } = this;
    const { cells, missing, imputed } = feature;
    const slots = missing + 1;
    for (let i = start; i < end; i++) binCounts[cells[rows[i]!]!]!++;
    if (imputed !== missing) {
      binCounts[imputed]! += binCounts[missing]!;
      binCounts[missing] = 0;
    }
    let position = 0;
    for (let bin = 0; bin < slots; bin++) {
      const count = binCounts[bin]!;
      if (count === end - start) {
        binCounts.fill(0, 0, slots);
        return false;
      }
      binCounts[bin] = position;
      position += count;
    }
    for (let i = start; i < end; i++) {
      let cell = cells[rows[i]!]!;
      if (cell === missing) cell = imputed;
      sorted[binCounts[cell]!++] = ((i - start) << 8) | cell;
    }
    binCounts.fill(0, 0, slots);
    return this.scanRows(index, feature, start, end - start, sorted, COUNTED_KEY);
  }

  private scanRows(
    index: number,
    feature: TreeFeature,
    start: number,
    count: number,
    keys: Int32Array,
    layout: KeyLayout,
  ): boolean {
    const { weights, classes, left, whole, entropy } = this;
    const { cellShift, cellMask, positionShift, positionMask } = layout;
    let present = count;
    while (present > 0 && ((keys[present - 1]! >> cellShift) & cellMask) === feature.missing) present--;
    const missingRows = count - present;
    if (missingRows > 0) {
      this.missingWeights.fill(0);
      for (let i = present; i < count; i++) {
        const position = start + ((keys[i]! >> positionShift) & positionMask);
        this.missingWeights[classes[position]!]! += weights[position]!;
      }
    }
    left.fill(0);
    let leftWeight = 0;
    let leftSum = 0;
    let rightSum = this.wholeSum;
    for (let i = 0; i < present; i++) {
      const key = keys[i]!;
      const position = start + ((key >> positionShift) & positionMask);
      const classIndex = classes[position]!;
      const weight = weights[position]!;
      const before = left[classIndex]!;
      const right = whole[classIndex]! - before;
      left[classIndex] = before + weight;
      leftWeight += weight;
      if (entropy) {
        leftSum += xLogX(before + weight) - xLogX(before);
        rightSum += xLogX(right - weight) - xLogX(right);
      } else {
        leftSum += weight * (2 * before + weight);
        rightSum -= weight * (2 * right - weight);
      }
      const cell = (key >> cellShift) & cellMask;
      const next = i + 1 < present ? (keys[i + 1]! >> cellShift) & cellMask : feature.missing;
      if (next === cell || i + 1 === count) continue;
      this.leftWeight = leftWeight;
      this.leftSum = leftSum;
      this.rightSum = rightSum;
      this.consider(index, feature, cell, next, i + 1, missingRows);
    }
    return true;
  }

  private countCells(feature: TreeFeature, start: number, end: number): void {
    const { histogram, binCounts, rows, weights, classes, classCount } = this;
    const { cells, missing, imputed } = feature;
    for (let i = start; i < end; i++) {
      const cell = cells[rows[i]!]!;
      binCounts[cell]! += 1;
      histogram[cell * classCount + classes[i]!]! += weights[i]!;
    }
    if (imputed === missing) return;
    binCounts[imputed]! += binCounts[missing]!;
    binCounts[missing] = 0;
    for (let c = 0; c < classCount; c++) {
      histogram[imputed * classCount + c]! += histogram[missing * classCount + c]!;
      histogram[missing * classCount + c] = 0;
    }
  }

  private tryHistogram(index: number, feature: TreeFeature, start: number, end: number): boolean {
    this.countCells(feature, start, end);
    const { histogram, binCounts, classCount } = this;
    const { missing } = feature;
    const missingRows = binCounts[missing]!;
    for (let c = 0; c < classCount; c++) this.missingWeights[c] = histogram[missing * classCount + c]!;
    this.beginScan();
    let previous = -1;
    let count = 0;
    let differs = false;
    for (let cell = 0; cell < missing; cell++) {
      const rows = binCounts[cell]!;
      if (rows === 0) continue;
      if (previous >= 0) {
        differs = true;
        this.consider(index, feature, previous, cell, count, missingRows);
      }
      count += rows;
      this.moveCell(cell);
      previous = cell;
    }
    if (missingRows > 0 && previous >= 0) {
      differs = true;
      this.consider(index, feature, previous, missing, count, missingRows);
    }
    this.clearCells(missing + 1);
    return differs;
  }

  private moveCell(cell: number): void {
    const { histogram, classCount } = this;
    const offset = cell * classCount;
    for (let c = 0; c < classCount; c++) {
      const weight = histogram[offset + c]!;
      if (weight !== 0) this.moveLeft(c, weight);
    }
  }

  private clearCells(slots: number): void {
    this.histogram.fill(0, 0, slots * this.classCount);
    this.binCounts.fill(0, 0, slots);
  }

  private tryRandomThreshold(index: number, feature: TreeFeature, start: number, end: number): boolean {
    const { scratch, rows, weights, classes, left, missingWeights } = this;
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
    left.fill(0);
    missingWeights.fill(0);
    let count = 0;
    for (let i = start; i < end; i++) {
      const cell = scratch[i - start]!;
      if (cell <= bin) {
        count++;
        left[classes[i]!]! += weights[i]!;
      } else if (cell === missing) missingWeights[classes[i]!]! += weights[i]!;
    }
    this.leftWeight = 0;
    this.leftSum = 0;
    this.rightSum = 0;
    for (let c = 0; c < this.classCount; c++) {
      this.leftWeight += left[c]!;
      this.leftSum += this.term(left[c]!);
      this.rightSum += this.term(this.whole[c]! - left[c]!);
    }
    const next = lowest === highest ? missing : bin + 1;
    this.consider(index, feature, bin, next, count, missingRows);
    return true;
  }

  private tryCategories(index: number, feature: TreeFeature, start: number, end: number): boolean {
    this.countCells(feature, start, end);
    const { binCounts, category, best, classCount } = this;
    const slots = feature.missing + 1;
    let present = 0;
    for (let cell = 0; cell < slots; cell++) if (binCounts[cell]! > 0) category[present++] = cell;
    const random = this.rules.randomThresholds;
    const single = feature.kind === ONE_HOT;
    if (present > 1 && random) this.random.shuffle(category.subarray(0, present));
    else if (present > 2 && !single) {
      orderByPrincipalComponent(category.subarray(0, present), this.histogram, this.whole, classCount);
    }
    const only = random && present > 1 ? 1 + this.draw(present - 1) : 0;
    const lastLength = single ? present : present - 1;
    let count = 0;
    this.beginScan();
    for (let length = 1; present > 1 && length <= lastLength; length++) {
      if (single) {
        this.beginScan();
        count = 0;
      }
      const cell = category[length - 1]!;
      count += binCounts[cell]!;
      this.moveCell(cell);
      if ((random && length !== only) || !this.allows(count, this.leftWeight)) continue;
      const right = this.weight - this.leftWeight;
      const score = this.sideScore(this.leftSum, this.leftWeight) + this.sideScore(this.rightSum, right);
      if (score > this.bestScore) {
        this.bestScore = score;
        best.feature = index;
        best.missingLeft = false;
        const first = single ? length - 1 : 0;
        this.fillCategories(feature, category, present, first, single ? 1 : length, 2 * count > this.rowCount);
      }
    }
    this.clearCells(slots);
    return present > 1;
  }
}
