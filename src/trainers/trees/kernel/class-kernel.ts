/** The same as of a `MomentKernel` for rows of three classes or more, by the sums of the weights of each class. */
export interface ClassKernel {
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
  /** As `totalLeft`, for classes. @param weights address of a sum a class (float64) that their weights are added to. */
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
    centers: number,
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
