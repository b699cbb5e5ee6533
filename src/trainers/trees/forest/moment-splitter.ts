import { ONE_HOT, ORDERED, type TreeFeature } from '../bins/tree-features.js';
import { CELL_BYTES, LIST_ADDRESS, RESULT_ADDRESS } from '../kernel/memory-layout.js';
import { MomentScan } from './moment-scan.js';

const RESULT = RESULT_ADDRESS / 8;
const LIST = LIST_ADDRESS / 8;
const ENTRY = CELL_BYTES / 8;

/**
 * Splits by weight and weighted target alone, see `MomentScan`.
 *
 * Weights and targets are kept to 24 bits, sums to 53; only codes that occur in a node are listed, ascending.
 */
export class MomentSplitter extends MomentScan {
  private readonly listRows = new Float64Array(257);
  private readonly listWeights = new Float64Array(257);
  private readonly listSums = new Float64Array(257);
  private readonly keysOfCategories = new Float64Array(256);

  protected override tryFeature(index: number, start: number, end: number): boolean {
    const feature = this.features[index]!;
    const { kind, missing } = feature;
    if (kind === ORDERED && this.rules.randomThresholds) return this.tryRandomThreshold(index, feature, start, end);
    const { kernel, codesAddress, slots, momentsAddress, placesAddress } = this.rows;
    if (this.plain[index] === 1) {
      const { weightedTarget, weight, bestScore } = this;
      const column = codesAddress + index;
      const least = this.rules.minSamplesLeaf;
      if (
        kernel.divide(
          column,
          slots,
          missing,
          momentsAddress,
          placesAddress,
          start,
          end,
          weightedTarget,
          weight,
          least,
          bestScore,
        ) === 0
      ) {
        return false;
      }
      this.keepDivision(index);
      return true;
    }
    const length = kernel.list(codesAddress + index, slots, momentsAddress, placesAddress, start, end);
    if (length <= 1) return false;
    this.readList(length);
    if (kind === ORDERED) this.scanAny(index, feature, length);
    else this.tryCategories(index, feature, length);
    return true;
  }

  protected override searchByKernel(start: number, end: number, constants: number): number {
    const { kernel, drawingAddress, centersAddress, codesAddress, slots, momentsAddress, placesAddress } = this.rows;
    return kernel.search!(
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
      this.weightedTarget,
      this.weight,
      this.rules.minSamplesLeaf,
      this.perfectScore,
    );
  }

  private readList(length: number): void {
    const { doubles, words, listRows, listWeights, listSums } = this;
    for (let i = 0; i < length; i++) {
      const entry = LIST + i * ENTRY;
      listSums[i] = doubles[entry]!;
      listWeights[i] = doubles[entry + 1]!;
      listRows[i] = words[2 * entry + 4]!;
    }
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

  private tryRandomThreshold(index: number, feature: TreeFeature, start: number, end: number): boolean {
    const bin = this.drawThreshold(index, feature, start, end);
    if (bin < 0) return false;
    const next = this.codeAfter(bin, feature);
    const { missingRows, doubles } = this;
    let missingWeight = 0;
    let missingSum = 0;
    if (missingRows > 0) {
      this.totalLeft(this.rows.alone(feature.missing), index, start, end);
      missingSum = doubles[RESULT + 1]!;
      missingWeight = doubles[RESULT + 2]!;
    }
    const rows = this.totalLeft(this.rows.upTo(bin), index, start, end);
    const sum = doubles[RESULT + 1]!;
    const weight = doubles[RESULT + 2]!;
    this.consider(index, feature, bin, next, rows, weight, sum, missingRows, missingWeight, missingSum);
    return true;
  }

  private totalLeft(goesLeft: number, index: number, start: number, end: number): number {
    const { kernel, codesAddress, slots, momentsAddress, placesAddress } = this.rows;
    return kernel.totalLeft(goesLeft, codesAddress + index, slots, momentsAddress, placesAddress, start, end);
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
