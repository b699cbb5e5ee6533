import type { GradientHistogram } from './gradient-histogram.js';
import { binBetween, ONE_HOT, ORDERED, type TreeFeature } from './tree-features.js';

/** The sums that a split and a leaf are made of. */
export interface GradientSums {
  readonly gradient: number;
  readonly hessian: number;
  readonly rows: number;
}

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

export interface GradientSplitRules {
  readonly minSamplesLeaf: number;
  readonly l2: number;
}

/** A side with less than this would get a leaf value out of all proportion. */
export const LEAST_SIDE_HESSIAN = 1e-3;
/** Categories are ordered as if each had this much more hessian: rare ones keep away from the ends. */
const CATEGORY_SMOOTHING = 10;
/** Categories with fewer rows than this (in terms of hessian) are left out of the order, and go right. */
const CATEGORY_SUPPORT = 10;

/** Finds the split of a node with the greatest gain: G²/(H + l2) of both sides, less that of the node. */
export class GradientSplitFinder {
  private readonly features: readonly TreeFeature[];
  private readonly offsets: Int32Array;
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
  private leftGradient = 0;
  private leftHessian = 0;
  private leftRows = 0;

  /** @param offsets first cell of each feature in a histogram. */
  constructor(features: readonly TreeFeature[], offsets: Int32Array, rules: GradientSplitRules) {
    this.features = features;
    this.offsets = offsets;
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
      this.scan(histogram, node, index, feature.missing, -1);
      const missing = this.offsets[index]! + feature.missing;
      if (histogram.rows[missing]! > 0) this.scan(histogram, node, index, feature.missing, missing);
    }
    if (this.feature < 0) return undefined;
    return this.describe(histogram, node, this.score - whole);
  }

  /** Tries the division after every bin. @param missing cell of the missing rows, to go left; -1 for right. */
  private scan(
    histogram: GradientHistogram,
    node: GradientSums,
    index: number,
    binCount: number,
    missing: number,
  ): void {
    const { gradients, hessians, rows: cellRows } = histogram;
    const { minSamplesLeaf, l2 } = this.rules;
    const unit = hessians.length === 0;
    const allGradient = node.gradient;
    const allHessian = node.hessian;
    const mostRows = node.rows - minSamplesLeaf;
    let gradient = 0;
    let hessian = 0;
    let rows = 0;
    if (missing >= 0) {
      gradient = gradients[missing]!;
      rows = cellRows[missing]!;
      hessian = unit ? rows : hessians[missing]!;
    }
    const first = this.offsets[index]!;
    const end = first + binCount;
    let best = this.score;
    let bestCell = -1;
    // Bins without rows are not skipped: they repeat the score before them, and cost less than a branch.
    for (let cell = first; cell < end; cell++) {
      const binRows = cellRows[cell]!;
      rows += binRows;
      gradient += gradients[cell]!;
      hessian += unit ? binRows : hessians[cell]!;
      if (rows < minSamplesLeaf) continue;
      if (rows > mostRows) break;
      const rightGradient = allGradient - gradient;
      const left = hessian + l2;
      const right = allHessian - hessian + l2;
      const score = (gradient * gradient * right + rightGradient * rightGradient * left) / (left * right);
      if (score > best && hessian >= LEAST_SIDE_HESSIAN && allHessian - hessian >= LEAST_SIDE_HESSIAN) {
        best = score;
        bestCell = cell;
        this.leftGradient = gradient;
        this.leftHessian = hessian;
        this.leftRows = rows;
      }
    }
    if (bestCell < 0) return;
    this.score = best;
    this.feature = index;
    this.bin = bestCell - first;
    this.missingLeft = missing >= 0;
    this.bestLength = 0;
  }

  private tryCategories(histogram: GradientHistogram, node: GradientSums, index: number, feature: TreeFeature): void {
    const { categories, keys } = this;
    const offset = this.offsets[index]!;
    const single = feature.kind === ONE_HOT;
    const rowsPerHessian = node.rows / node.hessian;
    let present = 0;
    for (let code = 0; code <= feature.missing; code++) {
      const rows = histogram.rows[offset + code]!;
      if (rows === 0) continue;
      const hessian = histogram.hessians.length === 0 ? rows : histogram.hessians[offset + code]!;
      if (!single && hessian * rowsPerHessian < CATEGORY_SUPPORT) continue;
      const key = single ? code : histogram.gradients[offset + code]! / (hessian + CATEGORY_SMOOTHING);
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
    const { categories } = this;
    const { minSamplesLeaf, l2 } = this.rules;
    const offset = this.offsets[index]!;
    let gradient = 0;
    let hessian = 0;
    let rows = 0;
    for (let i = 0, place = first; i < count; i++, place += step) {
      const cell = offset + categories[place]!;
      const cellRows = histogram.rows[cell]!;
      gradient += histogram.gradients[cell]!;
      hessian += histogram.hessians.length === 0 ? cellRows : histogram.hessians[cell]!;
      rows += cellRows;
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
      this.leftGradient = gradient;
      this.leftHessian = hessian;
      this.leftRows = rows;
    }
  }

  private describe(histogram: GradientHistogram, node: GradientSums, gain: number): GradientSplit {
    const feature = this.features[this.feature]!;
    const offset = this.offsets[this.feature]!;
    const goesLeft = new Uint8Array(256);
    const left = { gradient: this.leftGradient, hessian: this.leftHessian, rows: this.leftRows };
    const largerLeft = 2 * left.rows > node.rows;
    const missingSeen = histogram.rows[offset + feature.missing]! > 0;
    if (feature.kind === ORDERED) {
      let next = this.bin + 1;
      while (next < feature.missing && histogram.rows[offset + next]! === 0) next++;
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
      if (code > feature.missing || histogram.rows[offset + code]! === 0) goesLeft[code] = rest;
    }
    return { feature: this.feature, bin: 0, missingLeft: false, gain, goesLeft, left };
  }
}
