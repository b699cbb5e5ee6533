import type { Preprocessing } from '../data/preprocessing-options.js';
import type { TrainerParams } from '../trainers/trainer.js';

/** One fold of one trial: plain JSON, valid in any process that has the study's plan. */
export interface FoldTask {
  /** Trial number; null for the baseline. */
  readonly trial: number | null;
  /** Index into the plan's folds; the number of folds means the holdout. */
  readonly fold: number;
  /** Family name, by which the user's code and the resources of the task are found. */
  readonly model: string;
  /** Name of a built-in trainer; for the user's code, the family name again. */
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
