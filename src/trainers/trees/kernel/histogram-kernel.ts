/**
 * What trees of boosting spend their time on. A cell of a histogram is CELL_BYTES long: sum of gradients and sum of
 * hessians (float64), then rows (int32).
 */
export interface HistogramKernel {
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
}
