import type { TaskKind } from '../task-kind.js';
import type { Goal } from '../trial.js';

/** The truth of n rows. Classification: class indices into `classes`. */
export type Truth =
  | {
      readonly task: 'classification';
      /** Class index a row, length n. */
      readonly values: Float64Array;
      readonly classes: readonly string[];
      /** Index of the positive class (binary metrics). */
      readonly positive: number;
    }
  | { readonly task: 'regression'; readonly values: Float64Array };

/** What a model said about the same n rows. */
export interface Predicted {
  /** Class index or number a row, length n. */
  readonly values: Float64Array;
  /** n x classes, row-major, rows sum to 1; absent when the trainer has none. */
  readonly probabilities?: Float64Array;
  /** Binary decision values, higher is more positive, length n: enough for roc_auc and pr_auc. */
  readonly decision?: Float64Array;
}

/** One metric under its name in `objective.metric`. */
export interface Metric {
  readonly name: string;
  readonly task: TaskKind;
  readonly goal: Goal;
  /** One line for help texts. */
  readonly summary: string;
  /** What it needs besides `values`. `ranking`: probabilities, or decision values where there are two classes. */
  readonly needs: 'values' | 'probabilities' | 'ranking';
  /** Whether it is defined for two classes only. */
  readonly binaryOnly: boolean;
  /** @returns NaN when undefined for these rows (say roc_auc with one class); never throws for well-formed input. */
  score(truth: Truth, predicted: Predicted): number;
}
