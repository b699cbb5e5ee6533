import type { ParameterValue } from '../../trial.js';

/** What a space file means, as `check --json` prints it. Fields are only ever added. */
export interface StudyDescription {
  readonly version: 1;
  readonly study: string;
  /** Null for a study without data, whose models are the objective themselves. */
  readonly data: {
    readonly file: string;
    readonly rows: number;
    readonly features: { readonly numeric: number; readonly categorical: number; readonly boolean: number };
    /** Cells of the features without a value. */
    readonly missing_cells: number;
    /** The same as a share of all cells of the features. */
    readonly missing_share: number;
    readonly target: string;
    readonly task: 'classification' | 'regression';
    /** Rows of each class; null for regression. */
    readonly classes: Readonly<Record<string, number>> | null;
    /** Null unless there are two classes. */
    readonly positive: string | null;
  } | null;
  readonly objective: {
    readonly metric: string;
    readonly goal: 'maximize' | 'minimize';
    readonly also: readonly string[];
  };
  readonly evaluation: {
    /** Of the splitter; without data `repeats`: each evaluation is one fold. */
    readonly kind: string;
    readonly folds: number;
    readonly repeats: number;
    readonly holdout_rows: number;
  };
  readonly search: { readonly method: string; readonly seed: number; readonly trials: number | null };
  readonly models: readonly ModelDescription[];
  /** Parameters that belong to no single model, `preprocess.scale` for instance. */
  readonly shared_parameters: readonly ParameterLine[];
  readonly space: {
    /** Distinct configurations, constraints ignored; null when it is continuous. */
    readonly size: number | null;
    /** Those of them that keep the constraints; null when they are not finitely many, or too entangled to count. */
    readonly feasible: number | null;
    readonly dimensions: number;
    /** Those that stand in the section of no model. */
    readonly constraints: readonly string[];
    /** Share of random configurations that break a constraint; null where there are no constraints. */
    readonly infeasible_share: number | null;
  };
  readonly fits: {
    /** Null when nobody knows the number of trials. */
    readonly total: number | null;
    readonly folds_per_trial: number;
    readonly baseline: number;
    readonly holdout: number;
  };
  readonly estimate: {
    readonly workers: number;
    /** From a few timed folds of each model; null when it cannot be known. */
    readonly seconds: number | null;
    /** Whether a model was given up, so that it takes longer. */
    readonly at_least: boolean;
  };
  readonly warnings: readonly string[];
}

export interface ModelDescription {
  readonly name: string;
  /** A built-in trainer, or the user's module or command. */
  readonly use: string;
  readonly parameters: readonly ParameterLine[];
  /** Key -> what is done; a list where that is searched; null where rows are taken as they are, or there are none. */
  readonly preprocessing: Readonly<Record<string, ParameterValue | readonly ParameterValue[]>> | null;
  readonly constraints: readonly string[];
  /** Of a fold, the mean over the configurations timed; null when the first failed or was given up. */
  readonly fold_seconds: number | null;
  /** After how long the first fold was given up; null when it was not. */
  readonly fold_over_seconds: number | null;
  readonly error: string | null;
}

export interface ParameterLine {
  /** Full name. */
  readonly name: string;
  /** In words: `a number from 0.001 to 1000, logarithmic`. */
  readonly range: string;
  readonly when: string | null;
  readonly default: unknown;
}
