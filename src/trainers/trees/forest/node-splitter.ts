import type { Random } from '../../../random.js';
import { binBetween, lastBinAtMost, ORDERED, type TreeFeature } from '../bins/tree-features.js';
import { DRAW_UNIT } from '../kernel/division-rules.js';
import { PRESENT_ADDRESS, RESULT_ADDRESS } from '../kernel/memory-layout.js';
import type { TreeBuilder } from '../tree.js';
import type { ForestRows } from './forest-rows.js';

/** When and how a node of a forest's tree may be split. Rows are counted once, however often a bootstrap drew them. */
export interface SplitRules {
  readonly criterion: 'gini' | 'entropy' | 'squared_error';
  /** Features drawn at each split, 1 … features. */
  readonly featuresPerSplit: number;
  readonly minSamplesLeaf: number;
  /** Draw one threshold a feature (extra-trees) instead of looking for the best one. */
  readonly randomThresholds: boolean;
}

/** The best division of a node found so far. */
export interface Split {
  feature: number;
  /** ORDERED: the last bin that goes left. */
  bin: number;
  missingLeft: boolean;
  /** Decrease of weighted impurity. */
  gain: number;
  /** 1 for each code that goes left. */
  readonly goesLeft: Uint8Array;
}

const RESULT = RESULT_ADDRESS / 8;
/** Where the kernel's `range` says the least code, in words; the greatest follows. */
const LOWEST = RESULT_ADDRESS / 4 + 6;
/** Where it says of a division, in words: last code on the left, first one on the right, whether the left is larger. */
const DIVISION = RESULT_ADDRESS / 4 + 6;
const CONSTANTS = RESULT_ADDRESS / 4 + 9;

/**
 * Finds the best split of a node, which is a range of places in `rows`, where weights and classes or targets are too.
 */
export abstract class NodeSplitter {
  protected readonly rows: ForestRows;
  protected readonly features: readonly TreeFeature[];
  protected readonly rules: SplitRules;
  protected random!: Random;
  protected readonly best: Split = { feature: -1, bin: 0, missingLeft: false, gain: 0, goesLeft: new Uint8Array(256) };
  /** Score of the best split: the part of its gain that depends on the division. */
  protected bestScore = -Infinity;
  /** The next code with rows after the last one that goes left; the threshold is placed between once all is searched. */
  protected bestNext = 0;
  /** What the kernel keeps at the start of its memory. */
  protected readonly doubles: Float64Array;
  protected readonly words: Int32Array;
  /** Codes that occur in the node, as the kernel lists them. */
  protected readonly present: Int32Array;
  /** Rows of the node without a value, when a threshold was drawn. */
  protected missingRows = 0;
  /** Whether the kernel scores the divisions of each feature by itself. */
  protected readonly plain: Uint8Array;
  /** Whether it searches by itself. */
  private readonly isSearchedByKernel: boolean;
  private readonly order: Int32Array;
  private readonly knownConstants: Int32Array;
  /** How many of the features are known to be constant in the node last searched. */
  constantCount = 0;

  constructor(features: readonly TreeFeature[], rules: SplitRules, rows: ForestRows) {
    this.features = features;
    this.rules = rules;
    this.rows = rows;
    const { buffer } = rows.kernel;
    this.doubles = new Float64Array(buffer, 0, PRESENT_ADDRESS / 8);
    this.words = new Int32Array(buffer, 0, PRESENT_ADDRESS / 4);
    this.present = new Int32Array(buffer, PRESENT_ADDRESS, 256);
    const { drawingAddress, slots, lacking } = rows;
    this.order = new Int32Array(buffer, drawingAddress + 16, slots);
    this.knownConstants = new Int32Array(buffer, drawingAddress + 16 + 4 * slots, slots);
    const codeCounts = new Uint8Array(buffer, drawingAddress + 16 + 8 * slots, slots);
    for (const [index, { missing }] of features.entries()) codeCounts[index] = missing;
    this.plain = Uint8Array.from(features, ({ kind }, index) => {
      return rules.criterion !== 'entropy' && kind === ORDERED && lacking[index] === 0 ? 1 : 0;
    });
    this.isSearchedByKernel = this.plain.every((plain) => plain === 1) && rows.kernel.search !== undefined;
  }

  /** Every random choice from here on is drawn from `random`. */
  setRandom(random: Random): void {
    this.random = random;
    // A tree depends on its own stream only, not on the trees grown before it.
    for (let i = 0; i < this.order.length; i++) this.order[i] = i;
    random.copyState(this.rows.drawing);
  }

  /** Sums the node up. @returns whether its rows differ in the target. */
  abstract measure(start: number, end: number): boolean;
  /** What a leaf of the node last measured says, as word 0 of a tree's leaf. */
  abstract leaf(): number;
  /** Decrease of weighted impurity by the best split. */
  protected abstract gain(): number;
  /** Score from which on no division can be better, but for rounding. */
  protected abstract perfectScore: number;
  /** Improves `best` where this feature can. @returns whether the feature differs within the node. */
  protected abstract tryFeature(index: number, start: number, end: number): boolean;
  /** Has the kernel draw features, see `search`. @returns the feature that divides the node, or -1. */
  protected abstract searchByKernel(start: number, end: number, constants: number): number;
  /**
   * Searches the node last measured: draws features until `featuresPerSplit` were looked at and one of them divides
   * the node. As in scikit-learn, features constant in an ancestor are remembered, and count as drawn.
   * @param constants how many features at the front of the drawing order are known to be constant.
   * @returns whether there is a split; it is `found` until the next search.
   */
  search(start: number, end: number, constants: number): boolean {
    this.best.feature = -1;
    this.bestScore = -Infinity;
    if (this.isSearchedByKernel) {
      const feature = this.searchByKernel(start, end, constants);
      if (feature >= 0) this.keepDivision(feature);
      this.constantCount = this.words[CONSTANTS]!;
    } else {
      this.drawFeatures(start, end, constants);
    }
    if (this.best.feature < 0) return false;
    this.best.gain = this.gain();
    if (!(this.best.gain > 0)) this.best.gain = 0;
    const feature = this.features[this.best.feature]!;
    if (feature.kind === ORDERED && this.bestNext !== feature.missing) {
      this.best.bin = binBetween(feature.centers, this.best.bin, this.bestNext);
    }
    // An imputed value goes where its stand-in goes.
    if (feature.imputed !== feature.missing && feature.kind === ORDERED) {
      this.best.missingLeft = feature.imputed <= this.best.bin;
    }
    return true;
  }

  private drawFeatures(start: number, end: number, constants: number): void {
    const { order, knownConstants } = this;
    const limit = this.rules.featuresPerSplit;
    let known = 0;
    let found = constants;
    let last = order.length;
    let visited = 0;
    // Order: [drawn known constants | known constants | constants found here | not drawn yet | drawn].
    while (last > found && (visited < limit || visited <= known + found - constants)) {
      visited++;
      const draw = known + this.draw(last - (found - constants) - known);
      if (draw < constants) {
        swap(order, draw, known++);
        continue;
      }
      const place = draw + found - constants;
      const feature = order[place]!;
      if (!this.tryFeature(feature, start, end)) {
        swap(order, place, found++);
        continue;
      }
      swap(order, place, --last);
      if (this.best.feature >= 0 && (end - start === 2 || this.bestScore >= this.perfectScore)) break;
    }
    // Drawing order of the known constants is restored, so that siblings find them at the same places.
    for (let i = 0; i < constants; i++) order[i] = knownConstants[i]!;
    for (let i = constants; i < found; i++) knownConstants[i] = order[i]!;
    this.constantCount = found;
  }

  /**
   * Draws a threshold between the least and the greatest value of the node, which divides it, or divides the rows with a
   * value from those without where there is but one.
   * @returns the last bin that goes left, or -1 where the feature does not differ within the node.
   */
  protected drawThreshold(index: number, feature: TreeFeature, start: number, end: number): number {
    const { kernel, codesAddress, slots, placesAddress } = this.rows;
    const { missing, centers } = feature;
    this.missingRows = kernel.range(codesAddress + index, slots, missing, placesAddress, start, end);
    const lowest = this.words[LOWEST]!;
    const highest = this.words[LOWEST + 1]!;
    if (lowest < highest) {
      const share = this.random.uniform();
      return lastBinAtMost(centers, lowest, highest, centers[lowest]! * (1 - share) + centers[highest]! * share);
    }
    return this.missingRows > 0 && highest >= 0 ? highest : -1;
  }

  /** The code that follows a drawn threshold: that of missing values where no other does. */
  protected codeAfter(bin: number, feature: TreeFeature): number {
    return bin === this.words[LOWEST + 1] ? feature.missing : bin + 1;
  }

  /** The split found by the last search; valid until the next one. */
  get found(): Split {
    return this.best;
  }

  /** Divides the rows of a node. @returns position of the first row of the right child. */
  partition(split: Split, start: number, end: number): number {
    const { kind, missing } = this.features[split.feature]!;
    if (kind === ORDERED) {
      if (!split.missingLeft || this.rows.lacking[split.feature] === 0)
        return this.rows.divideAt(split.feature, split.bin, start, end);
      split.goesLeft.fill(1, 0, split.bin + 1);
      split.goesLeft.fill(0, split.bin + 1, missing);
      split.goesLeft[missing] = 1;
    }
    return this.rows.divideBy(split.feature, split.goesLeft, start, end);
  }

  /** @returns number of the left child. */
  writeSplit(builder: TreeBuilder, node: number, split: Split): number {
    const feature = this.features[split.feature]!;
    if (feature.kind === ORDERED) {
      return builder.setThreshold(node, split.feature, split.bin, split.missingLeft);
    }
    return builder.setCategories(node, split.feature, split.goesLeft, feature.missing + 1);
  }

  /** Uniform over 0 … range - 1, as far as 32 bits go. */
  protected draw(range: number): number {
    return Math.floor(this.random.uint32() * DRAW_UNIT * range);
  }

  /** Keeps the division that the kernel found, if it beats the best so far. */
  protected keepDivision(index: number): void {
    const { words } = this;
    const score = this.doubles[RESULT]!;
    if (!(score > this.bestScore)) return;
    this.keep(index, words[DIVISION]!, words[DIVISION + 1]!, score, words[DIVISION + 2] === 1);
  }

  /** The division after bin `cell` is the best so far. @param next following code with rows. */
  protected keep(index: number, cell: number, next: number, score: number, missingLeft: boolean): void {
    this.bestScore = score;
    this.best.feature = index;
    this.best.bin = cell;
    this.bestNext = next;
    this.best.missingLeft = missingLeft;
  }

  /**
   * Sends `taken` of the codes that occur in the node left, from place `first` on.
   * @param present the codes that occur. @param largerLeft whether they hold most rows.
   */
  protected fillCategories(
    feature: TreeFeature,
    present: Int32Array,
    length: number,
    first: number,
    taken: number,
    largerLeft: boolean,
  ): void {
    const { goesLeft } = this.best;
    const { missing } = feature;
    let missingSide = -1;
    for (let i = 0; i < length && missingSide < 0; i++) {
      if (present[i] === missing) missingSide = i >= first && i < first + taken ? 1 : 0;
    }
    // Categories that do not occur go with the missing ones where those do, else with the larger side.
    goesLeft.fill(missingSide >= 0 ? missingSide : largerLeft ? 1 : 0, 0, missing + 1);
    for (let i = 0; i < length; i++) goesLeft[present[i]!] = i >= first && i < first + taken ? 1 : 0;
  }
}

function swap(items: Int32Array, i: number, j: number): void {
  const item = items[i]!;
  items[i] = items[j]!;
  items[j] = item;
}
