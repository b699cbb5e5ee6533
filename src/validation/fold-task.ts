import type { Preprocessing } from '../data/preprocessing-options.js';
import type { TrainerParams } from '../trainers/trainer.js';

/** One fold of one trial: plain JSON, valid in any process that has the plan of that hash. */
export interface FoldTask {
  /** `EvaluationPlan.hash`. */
  readonly plan: string;
  /** Trial number; null for the baseline. */
  readonly trial: number | null;
  /** Index into the plan's folds; the number of folds means the holdout. */
  readonly fold: number;
  /** Family name, for people. */
  readonly model: string;
  /** Name of a built-in trainer. */
  readonly trainer: string;
  /** Short names; complete. */
  readonly params: TrainerParams;
  readonly preprocessing: Preprocessing;
  /** uint32. */
  readonly seed: number;
  /** Processors that it may use; absent: one. */
  readonly cpus?: number;
  /** Names of the devices that it may use; absent: as the worker finds them. */
  readonly gpus?: readonly string[];
}
