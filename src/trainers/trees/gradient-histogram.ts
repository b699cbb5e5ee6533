import { copyRowMajor } from './row-major-codes.js';
import type { TreeFeature } from './tree-features.js';
import { CELL_BYTES, FREE_ADDRESS, GOES_LEFT_ADDRESS, RESULT_ADDRESS, type TreeKernel } from './tree-kernel.js';
import { createTreeKernel } from './wasm-tree-kernel.js';

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
  /** Gradient and hessian of each position. */
  readonly derivatives: Float32Array;
  private readonly kernel: TreeKernel;
  private readonly slots: number;
  private readonly slotOf: Int32Array;
  private readonly cells: number;
  private readonly spareAddress: number;
  private readonly positionsAddress: number;
  private readonly derivativesAddress: number;
  private readonly codesAddress: number;
  private readonly goesLeft: Uint8Array;
  private readonly doubles: Float64Array;
  private readonly words: Int32Array;
  private readonly free: GradientHistogram[] = [];
  private next: GradientHistogram;
  private readonly end: number;

  /**
   * @param candidates features that are counted; the cells of the others do not exist.
   * @param rowOf dataset row of each of the `rowCount` positions.
   * @param most histograms that are ever held at once. @param limitBytes memory beyond which they are scarce.
   * @param createKernel for a memory of so many bytes.
   */
  constructor(
    features: readonly TreeFeature[],
    candidates: Int32Array,
    rowOf: Int32Array,
    rowCount: number,
    most: number,
    limitBytes: number,
    createKernel: (byteLength: number) => TreeKernel = createTreeKernel,
  ) {
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
    this.spareAddress = aligned(this.positionsAddress + 4 * rowCount);
    this.derivativesAddress = aligned(this.spareAddress + 4 * ((rowCount >> 1) + 2));
    this.codesAddress = aligned(this.derivativesAddress + 8 * rowCount);
    this.next = aligned(this.codesAddress + rowCount * this.slots);
    this.end = this.next + histograms * histogramBytes;
    this.kernel = createKernel(this.end);
    const { buffer } = this.kernel;
    this.doubles = new Float64Array(buffer);
    this.words = new Int32Array(buffer);
    this.goesLeft = new Uint8Array(buffer, GOES_LEFT_ADDRESS, 256);
    this.positions = new Int32Array(buffer, this.positionsAddress, rowCount);
    this.derivatives = new Float32Array(buffer, this.derivativesAddress, 2 * rowCount);
    const offsets = new Int32Array(buffer, FREE_ADDRESS, this.slots);
    for (const [slot, feature] of candidates.entries()) offsets[slot] = this.offsets[feature]!;
    const counted = Array.from(candidates, (index) => features[index]!);
    const codes = new Uint8Array(buffer, this.codesAddress, rowCount * this.slots);
    copyRowMajor(counted, rowOf.subarray(0, rowCount), codes);
  }

  /** A histogram of the rows in places `start` … `end` of `positions`. */
  count(start: number, end: number): GradientHistogram {
    const { kernel, slots, codesAddress, derivativesAddress, positionsAddress } = this;
    const histogram = this.take();
    kernel.count(histogram, FREE_ADDRESS, slots, codesAddress, derivativesAddress, positionsAddress, start, end);
    return histogram;
  }

  private take(): GradientHistogram {
    const histogram = this.free.pop();
    if (histogram !== undefined) {
      const first = histogram / 8;
      this.doubles.fill(0, first, first + (this.cells * CELL_BYTES) / 8);
      return histogram;
    }
    const fresh = this.next;
    this.next += this.cells * CELL_BYTES;
    return fresh;
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
    const { kernel, slots, positionsAddress, spareAddress } = this;
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

export function aligned(address: number): number {
  return Math.ceil(address / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
}
