import type { ClassKernel } from './class-kernel.js';
import type { HistogramKernel } from './histogram-kernel.js';
import type { MomentKernel } from './moment-kernel.js';

/**
 * The inner loops of growing trees. They work on one piece of memory; every address is in bytes from its start.
 * Implementations agree to the bit: sums are taken in the order of rows and bins, in double precision.
 */
export interface TreeKernel extends HistogramKernel, MomentKernel, ClassKernel {
  readonly buffer: ArrayBuffer;
  /**
   * Moves positions that go left before those that go right, both in order.
   * @param goesLeft address of 256 bytes, 1 for each code that goes left. @param column address of the slot's first code.
   * @param spare address of room for those that go right, and one more. @returns place of the first that goes right.
   */
  partition(
    goesLeft: number,
    column: number,
    slots: number,
    positions: number,
    spare: number,
    start: number,
    end: number,
  ): number;
  /** The same with room for those that go left, and one more. @param leftRows how many those are. */
  partitionBack(
    goesLeft: number,
    column: number,
    slots: number,
    positions: number,
    spare: number,
    start: number,
    end: number,
    leftRows: number,
  ): void;
  /**
   * Draws rows with replacement: sets the weight of each to how often it was drawn.
   * @param drawing address of the state of the random stream, see `drawingBytes`.
   * @param pairs address of two float32 a row, of which the second one is its weight.
   */
  drawRows(drawing: number, pairs: number, rows: number, draws: number): void;
  /** Lists the rows that have a weight; one more place may be written to. @returns how many they are. */
  placeRows(pairs: number, rows: number, positions: number): number;
  /**
   * Least and greatest code of a node but for `missing`, at RESULT_ADDRESS + 24 (int32); 256 and -1 where there is none.
   * @returns how many rows have `missing`.
   */
  range(column: number, slots: number, missing: number, positions: number, start: number, end: number): number;
}
