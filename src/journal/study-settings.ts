import type { Goal } from '../trial.js';

/** What the decisions and the leaderboard of a study depend on, besides its events. */
export interface StudySettings {
  readonly name: string;
  /** The objective's metric first, then those reported beside it. */
  readonly metrics: readonly string[];
  readonly goal: Goal;
  /** Folds a trial, repeats included. */
  readonly foldCount: number;
  /** Trials at the most; undefined when it cannot be known before the space is exhausted. */
  readonly planned?: number;
  /** Trials without improvement after which the study stops. */
  readonly patience?: number;
  /** The score at which the study stops. */
  readonly target?: number;
  /** Rows of the holdout; 0 for none. */
  readonly holdoutRows: number;
  /** Full names of the parameters in reporting order, without `model`. */
  readonly parameters: readonly string[];
}
