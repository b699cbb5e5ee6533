import type { DataSpec } from '../data/data-spec.js';
import type { PruningSpec } from '../pruners/index.js';
import type { Space } from '../space/space.js';
import type { Goal, Params } from '../trial.js';
import type { EvaluationSpec, ModelSpec, ObjectiveSpec } from '../validation/plan-spec.js';
import type { Resources } from '../validation/user-code.js';

export interface SearchSpec {
  readonly method: string;
  /** Undefined: a whole grid. */
  readonly trials?: number;
  readonly lag: number;
  /** Configurations to try first: full names, completed with defaults, feasible. */
  readonly initial: readonly Params[];
  /** Whether the models' known-good configurations come after `initial`. */
  readonly defaults: boolean;
  /** Undefined: no trial is given up. */
  readonly pruning?: PruningSpec;
}

export interface BudgetSpec {
  readonly wallMs?: number;
  readonly trialMs?: number;
  readonly foldMs?: number;
  /** Resident memory of one worker. */
  readonly memoryBytes?: number;
  /** Trials without improvement. */
  readonly patience?: number;
}

/** What to rank by, where the numbers are the user's own. */
export interface OwnObjective {
  readonly metric: string;
  readonly goal: Goal;
  readonly target?: number;
  /** Reported beside it: without the metric itself, each once. */
  readonly also: readonly string[];
}

/** A space file that keeps every rule: names resolved, defaults filled in. */
export type Spec = DataStudySpec | ObjectiveStudySpec;

/** Trials are models trained on data. */
export interface DataStudySpec extends CommonSpec {
  readonly data: DataSpec;
  readonly objective: ObjectiveSpec;
  readonly evaluation: EvaluationSpec;
}

/** Trials are calls of the user's code, which gives the numbers itself. */
export interface ObjectiveStudySpec extends CommonSpec {
  readonly data?: undefined;
  readonly objective: OwnObjective;
  /** `repeats`: evaluations of a trial. */
  readonly evaluation: { readonly repeats: number };
}

export type SpecModel = ModelSpec & { readonly resources: Resources };

interface CommonSpec {
  readonly name: string;
  readonly seed: number;
  readonly search: SearchSpec;
  readonly models: readonly SpecModel[];
  readonly space: Space;
  readonly baseline: boolean;
  readonly budget: BudgetSpec;
  /** The file as plain data after overrides, for the journal and for comparison on resume. */
  readonly source: Readonly<Record<string, unknown>>;
  /** Absolute folder that relative paths start from. */
  readonly directory: string;
}
