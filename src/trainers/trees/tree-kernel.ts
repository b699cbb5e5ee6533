/**
 * The inner loops of growing trees. They work on one piece of memory; every address is in bytes from its start.
 * Implementations agree to the bit: sums are taken in the order of rows and bins, in double precision.
 *
 * A cell of a histogram is CELL_BYTES long: sum of gradients and sum of hessians (float64), then rows (int32).
 */
export interface HistogramKernel {
  readonly buffer: ArrayBuffer;
  /**
   * Adds the rows at places `start` … `end` of the positions to a histogram. Codes are row-major, one byte a slot;
   * derivatives are pairs of float32, gradient and hessian.
   * @param offsets of the first cell of each slot, in bytes from the histogram (uint32).
   */
  count(
    histogram: number,
    offsets: number,
    slots: number,
    codes: number,
    derivatives: number,
    positions: number,
    start: number,
    end: number,
  ): void;
  /**
   * The same of gradients alone, one float32 a position, for hessians that follow from them: that of a row with gradient
   * g is constant + curvature |g| (1 - |g|), rounded to float32.
   */
  countGradients(
    histogram: number,
    offsets: number,
    slots: number,
    codes: number,
    gradients: number,
    positions: number,
    start: number,
    end: number,
    constant: number,
    curvature: number,
  ): void;
  /** parent -= child. */
  subtract(parent: number, child: number, cells: number): void;
  /**
   * Tries the division of a node after every bin of an ordered feature; of equal scores the first wins.
   * @param first address of the cell of the first bin. @param missing address of a cell whose rows go left, or 0.
   * @param result address of the score to beat, then gradient and hessian (float64) and rows (int32) of the left side.
   * Overwritten where a division beats it.
   * @returns the last bin that goes left, or -1.
   */
  scan(
    first: number,
    bins: number,
    missing: number,
    nodeGradient: number,
    nodeHessian: number,
    nodeRows: number,
    leastRows: number,
    leastHessian: number,
    l2: number,
    result: number,
  ): number;
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
}

/** And those of the trees of a forest, which look at one feature of a node at a time. */
export interface TreeKernel extends HistogramKernel {
  /**
   * Sums a node up, at RESULT_ADDRESS + 8: weighted target and weight (float64).
   * @param moments address of pairs of float32, target and weight. @returns whether its targets differ.
   */
  total(moments: number, positions: number, start: number, end: number): number;
  /**
   * Least and greatest code of a node but for `missing`, at RESULT_ADDRESS + 24 (int32); 256 and -1 where there is none.
   * @returns how many rows have `missing`.
   */
  range(column: number, slots: number, missing: number, positions: number, start: number, end: number): number;
  /** Sums up, as `total` does, the rows of a node that `goesLeft` marks as for `partition`. @returns how many they are. */
  totalLeft(
    goesLeft: number,
    column: number,
    slots: number,
    moments: number,
    positions: number,
    start: number,
    end: number,
  ): number;
  /** The same for classes. @param weights address of a sum a class (float64) that their weights are added to. */
  classesLeft(
    goesLeft: number,
    column: number,
    slots: number,
    classes: number,
    positions: number,
    start: number,
    end: number,
    weights: number,
  ): number;
  /**
   * Lists the codes of a node that occur, ascending, at PRESENT_ADDRESS (int32), and their cells (weighted target,
   * weight, rows) at LIST_ADDRESS. Unless the last is `missing`, or `score` is Infinity, tries the
   * division after each, with w and s the weight and weighted target of the left side, W and S of the node, and d = s - w S / W: its score is d² / (w (W - w)).
   * At RESULT_ADDRESS: the best score, `score` where none beats it; if one does, at + 24 its place in the list, at + 28
   * whether the left side is the heavier one (int32).
   * @returns how many codes occur.
   */
  divide(
    column: number,
    slots: number,
    missing: number,
    moments: number,
    positions: number,
    start: number,
    end: number,
    nodeSum: number,
    nodeWeight: number,
    leastRows: number,
    score: number,
  ): number;
  /**
   * Adds the rows of a node to sums of weights (float64, code-major) and to rows (int32) by code.
   * @param classes address of pairs, class (int32) and weight (float32).
   */
  countClasses(
    histogram: number,
    codeRows: number,
    classCount: number,
    column: number,
    slots: number,
    classes: number,
    positions: number,
    start: number,
    end: number,
  ): void;
  /**
   * As `divide`, for classes. The pairs of the node's rows are put in the order of their codes; at LIST_ADDRESS is where
   * those of each code end (int32). The score of a division is the sum over both sides of (sum over
   * classes c of w_c²) / w; at RESULT_ADDRESS + 28 is whether the left side has more rows.
   * @param whole address of the weight of each class in the node (float64), then as much room again,
   * then 8 bytes a row for the pairs.
   * @param wholeSum sum of the squares of `whole`.
   */
  divideClasses(
    column: number,
    slots: number,
    missing: number,
    classes: number,
    positions: number,
    start: number,
    end: number,
    whole: number,
    classCount: number,
    wholeSum: number,
    wholeWeight: number,
    leastRows: number,
    score: number,
  ): number;
}

export const CELL_BYTES = 32;

// The first bytes of the memory; what lies between is the kernel's own.
export const RESULT_ADDRESS = 64;
export const LIST_ADDRESS = 384 + 256 * CELL_BYTES;
export const PRESENT_ADDRESS = LIST_ADDRESS + 256 * CELL_BYTES;
/** Room for the 256 bytes of `partition`. */
export const GOES_LEFT_ADDRESS = PRESENT_ADDRESS + 256 * 4;
/**
 * Room for 256 ones and then as many zeros: from `STEP_ADDRESS + 255 - bin` on, it says to `partition` that the codes up
 * to `bin` go left.
 */
export const STEP_ADDRESS = GOES_LEFT_ADDRESS + 256;
/** From here on the memory is the caller's. */
export const FREE_ADDRESS = STEP_ADDRESS + 512;
