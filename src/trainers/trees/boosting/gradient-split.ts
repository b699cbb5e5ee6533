import { binBetween, ONE_HOT, ORDERED, type TreeFeature } from '../bins/tree-features.js';
import { CELL_BYTES } from '../kernel/memory-layout.js';
import {
  type GradientHistogram,
  type GradientHistograms,
  type GradientSplitRules,
  type GradientSums,
  LEAST_SIDE_HESSIAN,
} from './gradient-histogram.js';

export interface GradientSplit {
  readonly feature: number;
  /** ORDERED: the last bin that goes left. */
  readonly bin: number;
  readonly missingLeft: boolean;
  readonly gain: number;
  /** 1 for each code that goes left. */
  readonly goesLeft: Uint8Array;
  readonly left: GradientSums;
}

/** Categories are ordered as if each had this much more hessian: rare ones keep away from the ends. */
const CATEGORY_SMOOTHING = 10;
/** Categories with fewer rows than this (in terms of hessian) are left out of the order, and go right. */
const CATEGORY_SUPPORT = 10;

/** Finds the split of a node with the greatest gain: G²/(H + l2) of both sides, less that of the node. */
export class GradientSplitFinder {
  private readonly features: readonly TreeFeature[];
  private readonly histograms: GradientHistograms;
  private readonly rules: GradientSplitRules;
  private readonly categories = new Int32Array(256);
  private readonly keys = new Float64Array(256);
  private score = 0;
  private feature = -1;
  private bin = 0;
  private missingLeft = false;
  /** Number of categories in `bestCategories` that go left; 0 for a threshold. */
  private bestLength = 0;
  private readonly bestCategories = new Int32Array(256);
  private left: GradientSums = { gradient: 0, hessian: 0, rows: 0 };

  constructor(features: readonly TreeFeature[], histograms: GradientHistograms, rules: GradientSplitRules) {
    this.features = features;
    this.histograms = histograms;
    this.rules = rules;
  }

  /** @param candidates features to look at, the first `count` of them. */
  find(
    histogram: GradientHistogram,
    node: GradientSums,
    candidates: Int32Array,
    count: number,
  ): GradientSplit | undefined {
    const whole = (node.gradient * node.gradient) / (node.hessian + this.rules.l2);
    this.score = whole;
    this.feature = -1;
    for (let i = 0; i < count; i++) {
      const index = candidates[i]!;
      const feature = this.features[index]!;
      if (feature.kind !== ORDERED) {
        this.tryCategories(histogram, node, index, feature);
        continue;
      }
      const first = histogram + this.histograms.offsets[index]!;
      const missing = first + feature.missing * CELL_BYTES;
      this.scan(node, index, feature.missing, first, 0);
      if (this.histograms.rows(missing) > 0) this.scan(node, index, feature.missing, first, missing);
    }
    if (this.feature < 0) return undefined;
    return this.describe(histogram, node, this.score - whole);
  }

  /** Tries the division after every bin. @param missing cell of the missing rows, to go left; 0 for right. */
  private scan(node: GradientSums, index: number, bins: number, first: number, missing: number): void {
    const bin = this.histograms.scan(first, bins, missing, node, this.rules, this.score);
    if (bin < 0) return;
    this.score = this.histograms.scannedScore;
    this.left = this.histograms.scannedSums;
    this.feature = index;
    this.bin = bin;
    this.missingLeft = missing !== 0;
    this.bestLength = 0;
  }

  private tryCategories(histogram: GradientHistogram, node: GradientSums, index: number, feature: TreeFeature): void {
    const { categories, keys, histograms } = this;
    const first = histogram + histograms.offsets[index]!;
    const single = feature.kind === ONE_HOT;
    const rowsPerHessian = node.rows / node.hessian;
    let present = 0;
    for (let code = 0; code <= feature.missing; code++) {
      const cell = first + code * CELL_BYTES;
      if (histograms.rows(cell) === 0) continue;
      const hessian = histograms.hessian(cell);
      if (!single && hessian * rowsPerHessian < CATEGORY_SUPPORT) continue;
      const key = single ? code : histograms.gradient(cell) / (hessian + CATEGORY_SMOOTHING);
      let place = present++;
      while (place > 0 && keys[place - 1]! > key) {
        keys[place] = keys[place - 1]!;
        categories[place] = categories[place - 1]!;
        place--;
      }
      keys[place] = key;
      categories[place] = code;
    }
    if (single) {
      for (let i = 0; i < present; i++) this.scanCategories(histogram, node, index, i, 1, 1);
      return;
    }
    if (present < 2) return;
    // From both ends to the middle, so that the smaller set goes left; the categories left out go right.
    const middle = (present + 1) >> 1;
    this.scanCategories(histogram, node, index, 0, 1, middle);
    this.scanCategories(histogram, node, index, present - 1, -1, middle);
  }

  private scanCategories(
    histogram: GradientHistogram,
    node: GradientSums,
    index: number,
    first: number,
    step: number,
    count: number,
  ): void {
    const { categories, histograms } = this;
    const { minSamplesLeaf, l2 } = this.rules;
    const cells = histogram + histograms.offsets[index]!;
    let gradient = 0;
    let hessian = 0;
    let rows = 0;
    for (let i = 0, place = first; i < count; i++, place += step) {
      const cell = cells + categories[place]! * CELL_BYTES;
      gradient += histograms.gradient(cell);
      hessian += histograms.hessian(cell);
      rows += histograms.rows(cell);
      const rightHessian = node.hessian - hessian;
      if (rows < minSamplesLeaf || hessian < LEAST_SIDE_HESSIAN) continue;
      if (node.rows - rows < minSamplesLeaf || rightHessian < LEAST_SIDE_HESSIAN) break;
      const rightGradient = node.gradient - gradient;
      const score = (gradient * gradient) / (hessian + l2) + (rightGradient * rightGradient) / (rightHessian + l2);
      if (score <= this.score) continue;
      this.score = score;
      this.feature = index;
      this.bestLength = i + 1;
      for (let j = 0, from = first; j <= i; j++, from += step) this.bestCategories[j] = categories[from]!;
      this.left = { gradient, hessian, rows };
    }
  }

  private describe(histogram: GradientHistogram, node: GradientSums, gain: number): GradientSplit {
    const feature = this.features[this.feature]!;
    const { left } = this;
    const first = histogram + this.histograms.offsets[this.feature]!;
    const rowsOf = (code: number) => this.histograms.rows(first + code * CELL_BYTES);
    const goesLeft = new Uint8Array(256);
    const largerLeft = 2 * left.rows > node.rows;
    const missingSeen = rowsOf(feature.missing) > 0;
    if (feature.kind === ORDERED) {
      let next = this.bin + 1;
      while (next < feature.missing && rowsOf(next) === 0) next++;
      const bin = next < feature.missing ? binBetween(feature.centers, this.bin, next) : this.bin;
      goesLeft.fill(1, 0, bin + 1);
      // Without missing rows in the node, later ones follow the larger side; an imputed value goes with its stand-in.
      let missingLeft = missingSeen ? this.missingLeft : largerLeft;
      if (feature.imputed !== feature.missing) missingLeft = feature.imputed <= bin;
      goesLeft[feature.missing] = missingLeft ? 1 : 0;
      return { feature: this.feature, bin, missingLeft, gain, goesLeft, left };
    }
    for (let i = 0; i < this.bestLength; i++) goesLeft[this.bestCategories[i]!] = 1;
    // Categories without rows here go with the missing ones where those were seen, else with the larger side.
    const rest = missingSeen ? goesLeft[feature.missing]! : largerLeft ? 1 : 0;
    for (let code = 0; code < 256; code++) {
      if (code > feature.missing || rowsOf(code) === 0) goesLeft[code] = rest;
    }
    return { feature: this.feature, bin: 0, missingLeft: false, gain, goesLeft, left };
  }
}
