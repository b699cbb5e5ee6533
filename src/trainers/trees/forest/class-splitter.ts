import { ONE_HOT, ORDERED, type TreeFeature } from '../bins/tree-features.js';
import { LIST_ADDRESS } from '../kernel/memory-layout.js';
import { orderByPrincipalComponent } from './category-order.js';
import { ClassScan } from './class-scan.js';

/** Splits for three classes or more. A scan costs what the node has rows, not bins x classes, where that is less. */
export class ClassSplitter extends ClassScan {
  /** Class and weight of the rows of a node in order of their codes, as pairs, and where those of each code end. */
  private readonly sortedClasses: Int32Array;
  private readonly sortedWeights: Float32Array;
  private readonly ends: Int32Array;
  private readonly binCounts: Int32Array;
  private readonly histogram: Float64Array;
  private readonly category = new Int32Array(256);

  constructor(...given: ConstructorParameters<typeof ClassScan>) {
    super(...given);
    const { kernel, scratch } = this.rows;
    const { buffer } = kernel;
    const { sorted, sortedRows, histogram, codeRows } = scratch;
    this.sortedClasses = new Int32Array(buffer, sorted, 2 * sortedRows);
    this.sortedWeights = new Float32Array(buffer, sorted, 2 * sortedRows);
    this.ends = new Int32Array(buffer, LIST_ADDRESS, 256);
    this.histogram = new Float64Array(buffer, histogram, 256 * this.classCount);
    this.binCounts = new Int32Array(buffer, codeRows, 256);
  }

  protected override tryFeature(index: number, start: number, end: number): boolean {
    const feature = this.features[index]!;
    if (feature.kind !== ORDERED) return this.tryCategories(index, feature, start, end);
    if (this.rules.randomThresholds) return this.tryRandomThreshold(index, feature, start, end);
    if (this.plain[index] === 1) return this.divide(index, feature, start, end);
    if (2 * (end - start) > feature.missing * this.classCount) return this.tryHistogram(index, feature, start, end);
    return this.trySorted(index, feature, start, end);
  }

  protected override searchByKernel(start: number, end: number, constants: number): number {
    const { kernel, drawingAddress, centersAddress, codesAddress, slots, momentsAddress, placesAddress, scratch } =
      this.rows;
    return kernel.searchClasses!(
      drawingAddress,
      centersAddress,
      this.rules.featuresPerSplit,
      constants,
      codesAddress,
      slots,
      momentsAddress,
      placesAddress,
      start,
      end,
      scratch.whole,
      this.classCount,
      scratch.sortedRows,
      this.wholeSum,
      this.weight,
      this.rules.minSamplesLeaf,
      this.perfectScore,
    );
  }

  private divide(index: number, feature: TreeFeature, start: number, end: number): boolean {
    const { kernel, codesAddress, slots, momentsAddress, placesAddress, scratch } = this.rows;
    const differs = kernel.divideClasses(
      codesAddress + index,
      slots,
      feature.missing,
      momentsAddress,
      placesAddress,
      start,
      end,
      scratch.whole,
      this.classCount,
      scratch.sortedRows,
      this.wholeSum,
      this.weight,
      this.rules.minSamplesLeaf,
      this.bestScore,
    );
    if (differs === 0) return false;
    this.keepDivision(index);
    return true;
  }

  /** The divisions of a node in the order of its codes, with the missing rows on either side. */
  private trySorted(index: number, feature: TreeFeature, start: number, end: number): boolean {
    const { kernel, codesAddress, slots, momentsAddress, placesAddress, scratch } = this.rows;
    const column = codesAddress + index;
    const length = kernel.sortClasses(column, slots, momentsAddress, placesAddress, start, end, scratch.sorted);
    if (length <= 1) return false;
    const { sortedClasses, sortedWeights, ends, present, missingWeights } = this;
    const rows = ends[length - 1]!;
    const presentRows = present[length - 1] === feature.missing ? ends[length - 2]! : rows;
    missingWeights.fill(0);
    for (let i = presentRows; i < rows; i++) missingWeights[sortedClasses[2 * i]!]! += sortedWeights[2 * i + 1]!;
    this.beginScan();
    let i = 0;
    for (let place = 0; place < length - 1; place++) {
      for (; i < ends[place]!; i++) this.moveLeft(sortedClasses[2 * i]!, sortedWeights[2 * i + 1]!);
      this.consider(index, feature, present[place]!, present[place + 1]!, i, rows - presentRows);
    }
    return true;
  }

  private countCells(index: number, start: number, end: number): void {
    const { kernel, codesAddress, slots, momentsAddress, placesAddress, scratch } = this.rows;
    const column = codesAddress + index;
    kernel.countClasses(
      scratch.histogram,
      scratch.codeRows,
      this.classCount,
      column,
      slots,
      momentsAddress,
      placesAddress,
      start,
      end,
    );
  }

  private tryHistogram(index: number, feature: TreeFeature, start: number, end: number): boolean {
    this.countCells(index, start, end);
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
    const bin = this.drawThreshold(index, feature, start, end);
    if (bin < 0) return false;
    const next = this.codeAfter(bin, feature);
    const { left, missingRows, missingWeights } = this;
    if (missingRows > 0) {
      this.classesLeft(this.rows.alone(feature.missing), index, start, end);
      missingWeights.set(left);
    }
    const count = this.classesLeft(this.rows.upTo(bin), index, start, end);
    this.leftWeight = 0;
    this.leftSum = 0;
    this.rightSum = 0;
    for (let c = 0; c < this.classCount; c++) {
      this.leftWeight += left[c]!;
      this.leftSum += this.term(left[c]!);
      this.rightSum += this.term(this.whole[c]! - left[c]!);
    }
    this.consider(index, feature, bin, next, count, missingRows);
    return true;
  }

  /** Sums up the classes of the rows that go left, in `left`. @returns how many rows those are. */
  private classesLeft(goesLeft: number, index: number, start: number, end: number): number {
    const { kernel, codesAddress, slots, momentsAddress, placesAddress, scratch } = this.rows;
    const column = codesAddress + index;
    this.left.fill(0);
    return kernel.classesLeft(goesLeft, column, slots, momentsAddress, placesAddress, start, end, scratch.left);
  }

  private tryCategories(index: number, feature: TreeFeature, start: number, end: number): boolean {
    this.countCells(index, start, end);
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
