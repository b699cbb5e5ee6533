import { BinaryRows, CHUNK_ROWS } from './binary-rows.js';
import { CONSTANT, DIVIDED, type SortedOutcome, UNDECIDED } from './moment-splitter.js';
import type { SplitRules } from './node-splitter.js';
import type { TreeFeature } from './tree-features.js';

const KEY_BITS = 17;

/**
 * Two classes whose rows weigh a small integer (how often a bootstrap drew them) times the weight of their class. Count
 * and class of a row are one integer, so that a row is one addition to a histogram, and a small node is sorted by keys
 * that carry all there is to know.
 */
export class BinarySplitter extends BinaryRows {
  /** A code: count in the low half, count of class 1 in the high half. */
  private readonly histogram = new Int32Array(257);
  private readonly rowHistogram = new Int32Array(257);
  private readonly countsRows: boolean;

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
    super(features, rules, capacity, classWeights, describeLeaf);
    this.countsRows = rules.minSamplesLeaf > 1;
  }

  protected override trySorted(index: number, feature: TreeFeature, start: number, end: number): SortedOutcome {
    const { keys } = this;
    const count = end - start;
    if (!this.sortRows(feature, start, count)) return CONSTANT;
    if (keys[count - 1]! >> KEY_BITS === feature.missing) return UNDECIDED;
    const zero = this.classWeights[0]!;
    const one = this.classWeights[1]!;
    const least = this.rules.minSamplesLeaf;
    const wholeWeight = this.weight;
    const mean = this.weightedTarget / wholeWeight;
    let weight = 0;
    let sum = 0;
    let best = this.bestScore;
    let bestPlace = -1;
    let largerLeft = false;
    let key = keys[0]!;
    for (let i = 1; i < count; i++) {
      const times = (key >> 1) & 65535;
      const ones = (key & 1) * times;
      weight += (times - ones) * zero + ones * one;
      sum += ones * one;
      const next = keys[i]!;
      const same = next >> KEY_BITS === key >> KEY_BITS;
      key = next;
      if (same) continue;
      const right = wholeWeight - weight;
      const difference = sum - mean * weight;
      const score = (difference * difference) / (weight * right);
      if (score > best && i >= least && count - i >= least) {
        best = score;
        bestPlace = i;
        largerLeft = weight > right;
      }
    }
    if (bestPlace > 0) {
      this.keep(index, keys[bestPlace - 1]! >> KEY_BITS, keys[bestPlace]! >> KEY_BITS, best, largerLeft);
    }
    return DIVIDED;
  }

  /** Sorts `keys`, each code << 17 | count << 1 | class. @returns whether the codes differ. */
  private sortRows(feature: TreeFeature, start: number, count: number): boolean {
    const { keys, rows, codes } = this;
    const { cells, missing, imputed } = feature;
    for (let i = 0; i < count; i++) {
      let cell = cells[rows[start + i]!]!;
      if (cell === missing) cell = imputed;
      const key = (cell << KEY_BITS) | codes[start + i]!;
      let j = i - 1;
      while (j >= 0 && keys[j]! > key) {
        keys[j + 1] = keys[j]!;
        j--;
      }
      keys[j + 1] = key;
    }
    return keys[0]! >> KEY_BITS !== keys[count - 1]! >> KEY_BITS;
  }

  protected override listSorted(feature: TreeFeature, start: number, end: number): number {
    const { keys, present, listRows, listWeights, listSums } = this;
    const count = end - start;
    if (!this.sortRows(feature, start, count)) return 1;
    const zero = this.classWeights[0]!;
    const one = this.classWeights[1]!;
    let length = -1;
    let last = -1;
    for (let i = 0; i < count; i++) {
      const key = keys[i]!;
      const cell = key >> KEY_BITS;
      const times = (key >> 1) & 65535;
      const sum = (key & 1) * times * one;
      const weight = (1 - (key & 1)) * times * zero + sum;
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
    if (end - start <= CHUNK_ROWS || this.smallCounts) {
      this.count(feature.cells, start, end);
      return this.list(feature);
    }
    return this.listChunks(feature, start, end);
  }

  private count(cells: Uint8Array, start: number, end: number): void {
    const { histogram, rows, codes, rowHistogram } = this;
    for (let i = start; i < end; i++) {
      const code = codes[i]!;
      histogram[cells[rows[i]!]!]! += (code >> 1) + ((-(code & 1) & (code >> 1)) << 16);
    }
    if (this.countsRows) for (let i = start; i < end; i++) rowHistogram[cells[rows[i]!]!]! += 1;
  }

  /** Empties the histogram into the lists. */
  private list(feature: TreeFeature): number {
    const { histogram, rowHistogram, present, listRows, listWeights, listSums } = this;
    const { missing, imputed } = feature;
    const zero = this.classWeights[0]!;
    const one = this.classWeights[1]!;
    if (imputed !== missing) {
      histogram[imputed]! += histogram[missing]!;
      histogram[missing] = 0;
      rowHistogram[imputed]! += rowHistogram[missing]!;
      rowHistogram[missing] = 0;
    }
    let length = 0;
    // Without a branch, for which of the codes occur cannot be predicted.
    for (let cell = 0; cell <= missing; cell++) {
      const word = histogram[cell]!;
      present[length] = cell;
      length += -word >>> 31;
    }
    for (let i = 0; i < length; i++) {
      const cell = present[i]!;
      const word = histogram[cell]!;
      const ones = word >> 16;
      listRows[i] = this.countsRows ? rowHistogram[cell]! : 1;
      listSums[i] = ones * one;
      listWeights[i] = ((word & 65535) - ones) * zero + ones * one;
      histogram[cell] = 0;
      rowHistogram[cell] = 0;
    }
    return length;
  }

  /** The same for a node whose counts do not fit the halves of a word. */
  private listChunks(feature: TreeFeature, start: number, end: number): number {
    const { histogram, rowHistogram, present, listRows, listWeights, listSums } = this;
    const { missing, imputed, cells } = feature;
    const zero = this.classWeights[0]!;
    const one = this.classWeights[1]!;
    listRows.fill(0);
    listWeights.fill(0);
    listSums.fill(0);
    for (let from = start; from < end; from += CHUNK_ROWS) {
      this.count(cells, from, Math.min(end, from + CHUNK_ROWS));
      for (let cell = 0; cell <= missing; cell++) {
        const word = histogram[cell]!;
        const ones = word >> 16;
        const to = cell === missing ? imputed : cell;
        listSums[to]! += ones * one;
        listWeights[to]! += ((word & 65535) - ones) * zero + ones * one;
        listRows[to]! += rowHistogram[cell]!;
        histogram[cell] = 0;
        rowHistogram[cell] = 0;
      }
    }
    let length = 0;
    for (let cell = 0; cell <= missing; cell++) {
      if (listWeights[cell] === 0) continue;
      present[length] = cell;
      listRows[length] = this.countsRows ? listRows[cell]! : 1;
      listWeights[length] = listWeights[cell]!;
      listSums[length++] = listSums[cell]!;
    }
    return length;
  }
}
