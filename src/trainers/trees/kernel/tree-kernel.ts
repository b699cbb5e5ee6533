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
   * Draws rows with replacement: sets the weight of each to how often it was drawn.
   * @param drawing address of the state of the random stream, see `drawingBytes`.
   * @param pairs address of two float32 a row, of which the second one is its weight.
   */
  drawRows(drawing: number, pairs: number, rows: number, draws: number): void;
  /** Lists the rows that have a weight; one more place may be written to. @returns how many they are. */
  placeRows(pairs: number, rows: number, positions: number): number;
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
   * Tries the division of a node after every code that occurs. With w and s the weight and weighted target of the left
   * side, W and S of the node, and d = s - w S / W, its score is d² / (w (W - w)). At RESULT_ADDRESS: the best score,
   * `score` where none beats it; if one does, at + 24 the last code on the left, at + 28 the first one on the right, at
   * + 32 whether the left side is the heavier one (int32).
   * @param codes greater than every code of the node. @param leastRows fewest rows of a side.
   * @returns whether the codes differ.
   */
  divide(
    column: number,
    slots: number,
    codes: number,
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
   * Lists the codes of a node that occur, ascending, at PRESENT_ADDRESS (int32), and their cells (weighted target,
   * weight, rows) at LIST_ADDRESS. @returns how many they are.
   */
  list(column: number, slots: number, moments: number, positions: number, start: number, end: number): number;
  /**
   * Finds the best division of a node, at RESULT_ADDRESS as `divide` does, by features that it draws as
   * `NodeSplitter` does; at RESULT_ADDRESS + 36 is how many of them are known to be constant (int32).
   * Absent where the caller does as well.
   * @param drawing address of what is drawn from and by, see `drawingBytes`. @param limit features to look at.
   * @param constants features at the front of the order known to be constant.
   * @param codes address of the first row's codes. @param perfect score from which on no feature is looked at.
   * @returns its feature, or -1.
   */
  search?(
    drawing: number,
    limit: number,
    constants: number,
    codes: number,
    slots: number,
    moments: number,
    positions: number,
    start: number,
    end: number,
    nodeSum: number,
    nodeWeight: number,
    leastRows: number,
    perfect: number,
  ): number;
  /**
   * Sums the weights of the classes of a node up, at `weights` (float64), and at RESULT_ADDRESS + 8 their sum and the
   * sum of their squares. @returns the only class of the node, of which nothing is summed up, or -1.
   */
  totalClasses(
    classes: number,
    positions: number,
    start: number,
    end: number,
    weights: number,
    classCount: number,
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
   * As `divide`, for classes. The score of a division is the sum over both sides of (sum over classes c of w_c²) / w; the
   * side with more rows is the larger one.
   * @param scratch address of a `classScratch`, with the weight of each class in the node.
   * @param sortedRows of the scratch. @param wholeSum sum of the squares of those weights.
   */
  divideClasses(
    column: number,
    slots: number,
    codes: number,
    classes: number,
    positions: number,
    start: number,
    end: number,
    scratch: number,
    classCount: number,
    sortedRows: number,
    wholeSum: number,
    wholeWeight: number,
    leastRows: number,
    score: number,
  ): number;
  /**
   * Puts the pairs of a node's rows in the order of their codes, and lists the codes as `list` does; at LIST_ADDRESS is
   * where those of each code end (int32). @param sorted address of room for the pairs. @returns how many codes occur.
   */
  sortClasses(
    column: number,
    slots: number,
    classes: number,
    positions: number,
    start: number,
    end: number,
    sorted: number,
  ): number;
  /** As `search`, for classes. */
  searchClasses?(
    drawing: number,
    limit: number,
    constants: number,
    codes: number,
    slots: number,
    classes: number,
    positions: number,
    start: number,
    end: number,
    scratch: number,
    classCount: number,
    sortedRows: number,
    wholeSum: number,
    wholeWeight: number,
    leastRows: number,
    perfect: number,
  ): number;
}

/**
 * What `search` draws from and by: the state of a random stream in four words, the order of the features and which of
 * them are known to be constant (int32 each), and how many codes each has (a byte).
 */
export function drawingBytes(features: number): number {
  return 16 + 9 * features;
}

/** Where the parts of the memory lie that classes need; every part is a multiple of 16 bytes. */
export interface ClassScratch {
  /** Weight of each class in the node, and room for the weights on the left (float64). */
  readonly whole: number;
  readonly left: number;
  /** Room for sorted pairs. */
  readonly sorted: number;
  readonly sortedRows: number;
  /** Sums by code and class (float64) and rows by code (int32), zero between calls. */
  readonly histogram: number;
  readonly codeRows: number;
  readonly end: number;
}

/** @param capacity rows that a tree learns from at most. */
export function classScratch(address: number, classCount: number, capacity: number): ClassScratch {
  const classBytes = 16 * Math.ceil(classCount / 2);
  // Larger nodes are summed up by code and class.
  const sortedRows = Math.min(capacity, 16 * classBytes);
  const left = address + classBytes;
  const sorted = left + classBytes;
  const histogram = sorted + 16 * Math.ceil(sortedRows / 2);
  const codeRows = histogram + 256 * classBytes;
  return { whole: address, left, sorted, sortedRows, histogram, codeRows, end: codeRows + 4 * 256 };
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
