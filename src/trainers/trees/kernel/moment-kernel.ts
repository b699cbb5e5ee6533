/**
 * What the trees of a forest spend their time on where a target is all that a row has: it looks at one feature of a node
 * at a time, by the sums of weighted targets and of weights.
 */
export interface MomentKernel {
  /**
   * Sums a node up, at RESULT_ADDRESS + 8: weighted target and weight (float64).
   * @param moments address of pairs of float32, target and weight. @returns whether its targets differ.
   */
  total(moments: number, positions: number, start: number, end: number): number;
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
   * @param drawing address of what is drawn from and by, see `drawingBytes`.
   * @param centers where one threshold a feature is drawn: address of the typical values of its codes (float64, room for
   * 256 a feature); else 0. @param limit features to look at.
   * @param constants features at the front of the order known to be constant.
   * @param codes address of the first row's codes. @param perfect score from which on no feature is looked at.
   * @returns its feature, or -1.
   */
  search?(
    drawing: number,
    centers: number,
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
}
