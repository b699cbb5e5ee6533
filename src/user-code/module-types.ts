import type { Matrix } from '../matrix.js';
import type { TrainerParams, TrainingSet } from '../trainers/trainer.js';
import type { CodeContext, ObjectiveContext } from '../validation/objective-context.js';
import type { ObjectiveResult } from '../validation/objective-result.js';

/** What `fit` is told besides the rows and the parameters. */
export interface FitContext extends CodeContext {
  /** Which fold of the trial it is, from 0. */
  readonly fold: number;
}

/** A number a row, or rows x classes of them, row-major. */
export type Predictions = ArrayLike<number>;

/** What `fit` returns. */
export interface FittedModel {
  /** Class indices into `train.classes`, or numbers. @returns length rows. */
  predict(features: Matrix): Predictions | Promise<Predictions>;
  /** @returns rows x classes, row-major; each row sums to 1. */
  predictProba?(features: Matrix): Predictions | Promise<Predictions>;
  /** Two classes only: higher means class 1. @returns length rows. */
  decision?(features: Matrix): Predictions | Promise<Predictions>;
}

/** A `module:` of a study without data: the objective itself. Parameters come by their short names. */
export interface ObjectiveModule<P = TrainerParams> {
  /** @returns the metric, or an object of numbers that holds `objective.metric`. What it throws fails the trial. */
  evaluate(params: P, context: ObjectiveContext): ObjectiveResult | Promise<ObjectiveResult>;
}

/** A `module:` of a study with data: a trainer, cross-validated like the built-in ones. */
export interface TrainerModule<P = TrainerParams> {
  /** @param train the rows of one fold after preprocessing. What it throws fails the trial. */
  fit(train: TrainingSet, params: P, context: FitContext): FittedModel | Promise<FittedModel>;
}
