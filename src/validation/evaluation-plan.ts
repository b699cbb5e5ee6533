import type { Dataset } from '../data/dataset.js';
import type { BinnedFeatures } from '../trainers/trees/bins/binned-features.js';
import type { Goal } from '../trial.js';
import type { CvKind } from './plan-spec.js';
import type { Fold } from './splitter.js';

/**
 * Everything a worker needs to evaluate any fold of any trial of one study. Drawn once a study, so that trials are
 * compared fold by fold on the same rows. Passed to threads by reference (all arrays over SharedArrayBuffers).
 */
export interface EvaluationPlan {
  /** SHA-256 (hex) over data, folds, metrics and trainers: the name of its file, and how a run knows it again. */
  readonly hash: string;
  readonly dataset: Dataset;
  readonly folds: readonly Fold[];
  /** Train: every row the search may see; test: the rows held out. It has the number `folds.length` in a fold task. */
  readonly holdout?: Fold;
  /**
   * The features for trainers that learn from bins, where a model of the study has one. The bins are learned from the
   * rows that the search may see, without their target; they are the same in every fold.
   */
  readonly bins?: BinnedFeatures;
  /** The objective's metric first, then `objective.also`. */
  readonly metrics: readonly string[];
  /** Of the objective's metric. */
  readonly goal: Goal;
  /** How the folds were drawn, the default resolved. */
  readonly cvKind: CvKind;
  /** Family name -> name of its trainer, or what the user's code is. */
  readonly trainers: Readonly<Record<string, string>>;
}
