import type { Dataset } from '../data/dataset.js';
import type { Random } from '../random.js';
import type { CvKind } from './plan-spec.js';

/** Row numbers of the dataset; `train` and `test` are disjoint and ascending. */
export interface Fold {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

export interface SplitterOptions {
  /** k of k-fold; not read by splitters that have no number of folds, and so for each of these. */
  readonly folds: number;
  /** How often the whole division is drawn anew. */
  readonly repeats: number;
  /** Share of the rows in the test part (splitter `holdout`). */
  readonly test: number;
}

/** A way to divide rows into folds, under its name in `evaluation.cv.kind`. */
export interface Splitter {
  readonly name: CvKind;
  readonly summary: string;
  /**
   * @param rows the rows to divide, ascending (those of the holdout are already gone).
   * @param random one stream a repeat: `random(repeat)`.
   * @returns folds x repeats, repeat by repeat.
   * @throws DataError when these rows cannot be divided so, with what to do.
   * @throws SpaceFileError when this way of dividing does not fit the target.
   */
  split(
    dataset: Dataset,
    rows: Int32Array,
    options: SplitterOptions,
    random: (repeat: number) => Random,
  ): readonly Fold[];
}
