import type { FitContext, TrainerParams, TrainingSet } from '../trainers/trainer.js';
import type { FoldTask } from './fold-task.js';
import type { AsyncModel } from './predictions.js';

/** What fits a fold: a built-in trainer, or one of the user's. */
export interface FoldTrainer {
  readonly name: string;
  fit(train: TrainingSet, params: TrainerParams, context: FitContext): AsyncModel | Promise<AsyncModel>;
}

/** Finds what a task names; undefined: there is none. What it rejects with is the reason of a failed outcome. */
export type TrainerLookUp = (name: string, task: FoldTask) => FoldTrainer | Promise<FoldTrainer> | undefined;
