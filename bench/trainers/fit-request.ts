import type { TrainerParams } from '../../src/trainers/trainer.js';

/** One line on the standard input of either side: fit on all folds but one, predict that one. */
export interface FitRequest {
  /** Path of a matrix file. */
  readonly file: string;
  /** Index into its splits. */
  readonly split: number;
  readonly fold: number;
  /** Our name; the peer knows its counterpart. */
  readonly trainer: string;
  /** What is not a default, under scikit-learn's names. */
  readonly params: TrainerParams;
  readonly seed: number;
  /** How often to do it; seconds are means. */
  readonly times: number;
}

/** One line on the standard output. */
export interface FitReply {
  /** CPU seconds of the whole process for a fit, and for predicting the test rows. */
  readonly fitSeconds: number;
  readonly predictSeconds: number;
  /** Accuracy or R² on the test rows. */
  readonly score: number;
}
