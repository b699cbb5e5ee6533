import { copyRowMajor } from '../bins/row-major-codes.js';
import type { TreeFeature } from '../bins/tree-features.js';
import { CELL_BYTES, FREE_ADDRESS, GOES_LEFT_ADDRESS, RESULT_ADDRESS } from '../kernel/memory-layout.js';
import type { TreeKernel } from '../kernel/tree-kernel.js';
import { createTreeKernel } from '../kernel/wasm-tree-kernel.js';

/**
 * Address of a histogram: sums of gradients, hessians and rows by feature and code, for the rows of a node. The cells of
 * a feature lie one after the other from its offset on, one a code, that of missing values last.
 */
export type GradientHistogram = number;

/** The sums that a split and a leaf are made of. */
export interface GradientSums {
  readonly gradient: number;
  readonly hessian: number;
  readonly rows: number;
}

/**
 * Hessians that follow from gradients g: constant + curvature |g| (1 - |g|), which is p (1 - p) for the log loss, whose
 * gradient is p or p - 1. They take no memory. In single precision, for sums without rounding: what divisions gain is
 * often the same, and then the first one has to win.
 */
export interface HessianRule {
  readonly constant: number;
  readonly curvature: number;
}

export interface GradientSplitRules {
  readonly minSamplesLeaf: number;
  readonly l2: number;
}

/** A side with less than this would get a leaf value out of all proportion. */
export const LEAST_SIDE_HESSIAN = 1e-3;

/** What starts a cache line. */
const ALIGNMENT_BYTES = 64;

/**
 * What trees grow in: the codes of a fold's rows by position, its derivatives, the order of positions by leaf, and the
 * histograms, side by side in the memory of a kernel.
 */
export class GradientHistograms {
  /** First cell of each feature, in bytes from a histogram. */
  readonly offsets: Float64Array;
  /** Positions of rows, divided by leaf. */
  readonly positions: Int32Array;
  /** Gradient and hessian of each position; with a rule for hessians the gradient alone. */
  readonly derivatives: Float32Array;
  private readonly kernel: TreeKernel;
  private readonly slots: number;
  private readonly slotOf: Int32Array;
  private readonly cells: number;
  private readonly positionsAddress: number;
  private readonly derivativesAddress: number;
  private readonly codesAddress: number;
  private readonly rule: HessianRule | undefined;
  private readonly goesLeft: Uint8Array;
  private readonly doubles: Float64Array;
  private readonly words: Int32Array;
  private readonly free: GradientHistogram[] = [];
  private readonly first: GradientHistogram;
  /** What lies behind is unused: the next histogram's place, and room to divide rows in. */
  private next: GradientHistogram;
  private readonly end: number;

  /**
   * @param candidates features that are counted; the cells of the others do not exist.
   * @param rowOf dataset row of each of the `rowCount` positions.
   * @param hessian undefined where each position has a hessian of its own.
   * @param most histograms that are ever held at once. @param limitBytes memory beyond which they are scarce.
   */
  constructor(
    features: readonly TreeFeature[],
    candidates: Int32Array,
    rowOf: Int32Array,
    rowCount: number,
    hessian: HessianRule | undefined,
    most: number,
    limitBytes: number,
  ) {
    this.rule = hessian;
    this.slots = candidates.length;
    this.offsets = new Float64Array(features.length);
    this.slotOf = new Int32Array(features.length);
    let cells = 0;
    for (const [slot, feature] of candidates.entries()) {
      this.slotOf[feature] = slot;
      this.offsets[feature] = cells * CELL_BYTES;
      cells += features[feature]!.missing + 1;
    }
    this.cells = cells;
    const histogramBytes = Math.max(1, cells) * CELL_BYTES;
    const histograms = Math.max(2, Math.min(most, Math.floor(limitBytes / histogramBytes)));
    this.positionsAddress = aligned(FREE_ADDRESS + 4 * this.slots);
    this.derivativesAddress = aligned(this.positionsAddress + 4 * rowCount);
    const derivatives = (hessian === undefined ? 2 : 1) * rowCount;
    this.codesAddress = aligned(this.derivativesAddress + 4 * derivatives);
    this.first = aligned(this.codesAddress + rowCount * this.slots);
    this.next = this.first;
    this.end = this.first + histograms * histogramBytes;
    // Of rows that are divided the smaller side needs room, and one more place. Memory that is never written to is never taken.
    this.kernel = createTreeKernel(this.end + 4 * ((rowCount >> 1) + 2));
    const { buffer } = this.kernel;
    this.doubles = new Float64Array(buffer);
    this.words = new Int32Array(buffer);
    this.goesLeft = new Uint8Array(buffer, GOES_LEFT_ADDRESS, 256);
    this.positions = new Int32Array(buffer, this.positionsAddress, rowCount);
    this.derivatives = new Float32Array(buffer, this.derivativesAddress, derivatives);
    const offsets = new Int32Array(buffer, FREE_ADDRESS, this.slots);
    for (const [slot, feature] of candidates.entries()) offsets[slot] = this.offsets[feature]!;
    const counted = Array.from(candidates, (index) => features[index]!);
    const codes = new Uint8Array(buffer, this.codesAddress, rowCount * this.slots);
    copyRowMajor(counted, rowOf.subarray(0, rowCount), codes);
  }

  /** A histogram of the rows in places `start` … `end` of `positions`. */
  count(start: number, end: number): GradientHistogram {
    const { kernel, slots, codesAddress, derivativesAddress, positionsAddress, rule } = this;
    const to = this.take();
    if (rule === undefined) {
      kernel.count(to, FREE_ADDRESS, slots, codesAddress, derivativesAddress, positionsAddress, start, end);
    } else {
      const { constant, curvature } = rule;
      kernel.countGradients(
        to,
        FREE_ADDRESS,
        slots,
        codesAddress,
        derivativesAddress,
        positionsAddress,
        start,
        end,
        constant,
        curvature,
      );
    }
    return to;
  }

  /** Of the rows in the first `rowCount` places of `positions`. */
  sum(rowCount: number): GradientSums {
    const { positions, derivatives } = this;
    let gradientSum = 0;
    let hessianSum = 0;
    if (this.rule === undefined) {
      for (let i = 0; i < rowCount; i++) {
        const position = positions[i]!;
        gradientSum += derivatives[2 * position]!;
        hessianSum += derivatives[2 * position + 1]!;
      }
    } else {
      for (let i = 0; i < rowCount; i++) {
        const gradient = derivatives[positions[i]!]!;
        gradientSum += gradient;
        hessianSum += hessianOf(this.rule, gradient);
      }
    }
    return { gradient: gradientSum, hessian: hessianSum, rows: rowCount };
  }

  /** Forgets all histograms. */
  releaseAll(): void {
    this.free.length = 0;
    this.next = this.first;
  }

  private take(): GradientHistogram {
    let histogram = this.free.pop();
    if (histogram === undefined) {
      histogram = this.next;
      this.next += this.cells * CELL_BYTES;
    }
    this.doubles.fill(0, histogram / 8, (histogram + this.cells * CELL_BYTES) / 8);
    return histogram;
  }

  /** Whether memory is used up but for two: a histogram that can be counted anew should be released. */
  get isScarce(): boolean {
    return this.free.length < 2 && this.next + (2 - this.free.length) * this.cells * CELL_BYTES > this.end;
  }

  release(histogram: GradientHistogram): void {
    this.free.push(histogram);
  }

  /** Turns a node's histogram into that of one child, given the other's. */
  subtract(parent: GradientHistogram, child: GradientHistogram): void {
    this.kernel.subtract(parent, child, this.cells);
  }

  /**
   * Looks for a division of a node after one of a feature's bins that beats `score`.
   * @param first cell of the feature's first bin. @param missing cell of the rows that go left in any case, or 0.
   * @returns the last bin that goes left, and then `scannedScore` and `scannedSums` tell of it; or -1.
   */
  scan(
    first: number,
    bins: number,
    missing: number,
    node: GradientSums,
    rules: GradientSplitRules,
    score: number,
  ): number {
    const { gradient, hessian, rows } = node;
    const { minSamplesLeaf, l2 } = rules;
    this.doubles[RESULT_ADDRESS / 8] = score;
    return this.kernel.scan(
      first,
      bins,
      missing,
      gradient,
      hessian,
      rows,
      minSamplesLeaf,
      LEAST_SIDE_HESSIAN,
      l2,
      RESULT_ADDRESS,
    );
  }

  get scannedScore(): number {
    return this.doubles[RESULT_ADDRESS / 8]!;
  }

  /** Of the left side. */
  get scannedSums(): GradientSums {
    const first = RESULT_ADDRESS / 8;
    return {
      gradient: this.doubles[first + 1]!,
      hessian: this.doubles[first + 2]!,
      rows: this.words[2 * first + 6]!,
    };
  }

  /**
   * Divides the rows in places `start` … `end` of `positions`.
   * @param leftRows how many of them go left. @returns place of the first that goes right.
   */
  partition(feature: number, goesLeft: Uint8Array, start: number, end: number, leftRows: number): number {
    this.goesLeft.set(goesLeft);
    const { kernel, slots, positionsAddress, next: spareAddress } = this;
    const column = this.codesAddress + this.slotOf[feature]!;
    // Only the smaller side has room apart.
    if (2 * leftRows > end - start) {
      kernel.partition(GOES_LEFT_ADDRESS, column, slots, positionsAddress, spareAddress, start, end);
    } else {
      kernel.partitionBack(GOES_LEFT_ADDRESS, column, slots, positionsAddress, spareAddress, start, end, leftRows);
    }
    return start + leftRows;
  }

  gradient(cell: number): number {
    return this.doubles[cell / 8]!;
  }

  hessian(cell: number): number {
    return this.doubles[cell / 8 + 1]!;
  }

  rows(cell: number): number {
    return this.words[cell / 4 + 4]!;
  }
}

export function hessianOf({ constant, curvature }: HessianRule, gradient: number): number {
  const size = Math.abs(gradient);
  return Math.fround(constant + curvature * (size * (1 - size)));
}

function aligned(address: number): number {
  return Math.ceil(address / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
}
