import type { Preprocessing } from '../data/preprocessing-options.js';
import type { Parameter } from '../space/parameter.js';
import type { Goal } from '../trial.js';
import type { UserCode } from './user-code.js';

/** What to rank by. A goal is kept only where the metric is left to the task: a metric that is named has its own. */
export type ObjectiveSpec = {
  readonly target?: number;
  readonly also: readonly string[];
} & (
  | { readonly metric: string; readonly goal?: undefined }
  /** accuracy, or r2 for regression. */
  | { readonly metric?: undefined; readonly goal?: Goal }
);

/** How rows become folds, with what the kind has and nothing else. */
export type CvSpec =
  | {
      /** Undefined: stratified for classification, kfold for regression. */
      readonly kind?: 'kfold' | 'stratified' | 'group' | undefined;
      readonly folds: number;
      readonly repeats: number;
    }
  | {
      readonly kind: 'time';
      readonly folds: number;
      /** Orders the rows. */
      readonly column: string;
    }
  | {
      readonly kind: 'predefined';
      /** Numbers the fold of each row. */
      readonly column: string;
    }
  | {
      readonly kind: 'holdout';
      /** Share of the rows in the test part. */
      readonly test: number;
      readonly repeats: number;
    };

export type CvKind = NonNullable<CvSpec['kind']>;

export interface EvaluationSpec {
  readonly cv: CvSpec;
  /** Share of the rows the search never sees; 0 for none. */
  readonly holdout: number;
}

export type ModelSpec = {
  /** Family name. */
  readonly name: string;
  /** Fixed preprocessing of this family; keys that are searched are parameters of the space. */
  readonly preprocessing: Preprocessing;
  /** Preprocessing key -> full name of the parameter that searches it. */
  readonly searchedPreprocessing: Readonly<Partial<Record<keyof Preprocessing, string>>>;
} & (
  | {
      /** Name of a built-in trainer. */
      readonly use: string;
      readonly code?: undefined;
    }
  | {
      readonly use?: undefined;
      /** Of the user's. */
      readonly code: UserCode;
    }
);

/** What of a space file decides how trials are evaluated. */
export interface PlanSpec {
  readonly seed: number;
  readonly objective: ObjectiveSpec;
  readonly evaluation: EvaluationSpec;
  readonly models: readonly ModelSpec[];
  readonly space: { readonly parameters: readonly Parameter[] };
}
