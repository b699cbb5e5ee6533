import { copyRowMajor } from '../bins/row-major-codes.js';
import type { TreeFeature } from '../bins/tree-features.js';
import { type ClassScratch, classScratch } from '../kernel/class-scratch.js';
import { CENTERS_BYTES, drawingBytes, FREE_ADDRESS, GOES_LEFT_ADDRESS, STEP_ADDRESS } from '../kernel/memory-layout.js';
import type { TreeKernel } from '../kernel/tree-kernel.js';
import { createTreeKernel } from '../kernel/wasm-tree-kernel.js';

/** Of more rows than this the sides are counted before they are divided, for the smaller one alone needs room apart. */
const COUNTED_ROWS = 2 ** 16;

/**
 * The rows of a fold as the trees of a forest see them, in the memory of a kernel. A row is known by its number in the
 * fold; `places` holds the numbers of those that the tree in hand learns from, in the order of its nodes.
 */
export class ForestRows {
  readonly kernel: TreeKernel;
  readonly slots: number;
  readonly places: Int32Array;
  readonly placesAddress: number;
  /** Target and weight of each row; the weight of one that the tree in hand does not learn from is 0. */
  readonly moments: Float32Array;
  /** The same memory, for classes in the place of targets. */
  readonly classes: Int32Array;
  readonly momentsAddress: number;
  /** Row-major, one code a feature: of row r and feature f at `r * slots + f`. */
  readonly codes: Uint8Array;
  readonly codesAddress: number;
  /** 1 for each feature with missing values. */
  readonly lacking: Uint8Array;
  /** What features are drawn from and by, see `drawingBytes`. */
  readonly drawingAddress: number;
  /** State of the random stream there. */
  readonly drawing: Int32Array;
  /** Typical values of the codes of each feature, where thresholds are drawn between them; else 0. */
  readonly centersAddress: number;
  /** What classes need besides. */
  readonly scratch: ClassScratch;
  private readonly spareAddress: number;
  private readonly goesLeft: Uint8Array;

  /**
   * @param rowOf dataset row of each row of the fold. @param capacity rows that a tree learns from at most.
   * @param classCount 0 where a target is all that a row has.
   * @param randomThresholds whether the kernel needs the typical values of codes, to draw between them.
   */
  constructor(
    features: readonly TreeFeature[],
    rowOf: Int32Array,
    capacity: number,
    classCount = 0,
    randomThresholds = false,
  ) {
    this.slots = features.length;
    this.placesAddress = FREE_ADDRESS;
    this.spareAddress = this.placesAddress + 4 * capacity;
    const spareRows = Math.min(capacity, Math.max(COUNTED_ROWS, capacity >> 1)) + 1;
    this.momentsAddress = Math.ceil((this.spareAddress + 4 * spareRows) / 8) * 8;
    this.codesAddress = this.momentsAddress + 8 * rowOf.length;
    this.drawingAddress = Math.ceil((this.codesAddress + rowOf.length * this.slots) / 8) * 8;
    const drawingEnd = Math.ceil((this.drawingAddress + drawingBytes(this.slots)) / 8) * 8;
    this.centersAddress = randomThresholds ? drawingEnd : 0;
    const scratchAddress = drawingEnd + (randomThresholds ? CENTERS_BYTES * this.slots : 0);
    this.scratch = classScratch(scratchAddress, classCount, capacity);
    this.kernel = createTreeKernel(classCount > 0 ? this.scratch.end : scratchAddress);
    const { buffer } = this.kernel;
    this.places = new Int32Array(buffer, this.placesAddress, capacity);
    this.moments = new Float32Array(buffer, this.momentsAddress, 2 * rowOf.length);
    this.classes = new Int32Array(buffer, this.momentsAddress, 2 * rowOf.length);
    this.codes = new Uint8Array(buffer, this.codesAddress, rowOf.length * this.slots);
    this.drawing = new Int32Array(buffer, this.drawingAddress, 4);
    if (randomThresholds) {
      for (const [index, { centers }] of features.entries()) {
        new Float64Array(buffer, this.centersAddress + CENTERS_BYTES * index, centers.length).set(centers);
      }
    }
    this.goesLeft = new Uint8Array(buffer, GOES_LEFT_ADDRESS, 256);
    new Uint8Array(buffer, STEP_ADDRESS, 256).fill(1);
    this.lacking = copyRowMajor(features, rowOf, this.codes);
  }

  /** Where the kernel finds that codes up to `bin` go left. */
  upTo(bin: number): number {
    return STEP_ADDRESS + 255 - bin;
  }

  /** Where the kernel finds that one code alone goes left. */
  alone(code: number): number {
    this.goesLeft.fill(0);
    this.goesLeft[code] = 1;
    return GOES_LEFT_ADDRESS;
  }

  /** Moves rows with codes up to `bin` before the others, both in order. @returns the first place of the others. */
  divideAt(feature: number, bin: number, start: number, end: number): number {
    return this.divide(this.upTo(bin), feature, start, end);
  }

  /** The same for the codes that `goesLeft` marks with 1. */
  divideBy(feature: number, goesLeft: Uint8Array, start: number, end: number): number {
    this.goesLeft.set(goesLeft);
    return this.divide(GOES_LEFT_ADDRESS, feature, start, end);
  }

  private divide(goesLeft: number, feature: number, start: number, end: number): number {
    const { kernel, slots, momentsAddress, placesAddress, spareAddress } = this;
    const column = this.codesAddress + feature;
    if (end - start > COUNTED_ROWS) {
      const leftRows = kernel.totalLeft(goesLeft, column, slots, momentsAddress, placesAddress, start, end);
      if (2 * leftRows < end - start) {
        kernel.partitionBack(goesLeft, column, slots, placesAddress, spareAddress, start, end, leftRows);
        return start + leftRows;
      }
    }
    return kernel.partition(goesLeft, column, slots, placesAddress, spareAddress, start, end);
  }
}
