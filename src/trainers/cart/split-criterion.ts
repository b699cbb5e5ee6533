/** A node's rows in the order of one column. */
export interface ColumnSegment {
  /** Rows by value. */
  readonly order: Int32Array;
  /** The segment of `order`. */
  readonly start: number;
  readonly end: number;
  readonly values: Float64Array;
  /** Where the column starts in `values`. */
  readonly offset: number;
}

/** The best split of one column. */
export interface ColumnSplit {
  /** What is maximised; comparable between columns of one node. */
  score: number;
  /** First position in `order` that goes right; -1 when the column cannot be split. */
  position: number;
}

/** Chooses where to split, and what a leaf says. */
export interface SplitCriterion {
  /** Numbers in a leaf: classes, or 1. */
  readonly outputs: number;
  /** Makes these rows the node's. @returns whether they are alike, so that no split can improve. */
  enter(order: Int32Array, start: number, end: number): boolean;
  /** Writes the values of a leaf of the node's rows. */
  leaf(values: Float64Array): void;
  /** Finds the first best split that leaves at least `leafRows` rows on each side. */
  search(segment: ColumnSegment, leafRows: number, best: ColumnSplit): void;
}
