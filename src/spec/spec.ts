import type { DataSpec } from '../data/data-spec.js';
import type { Space } from '../space/space.js';
import type { Params } from '../trial.js';
import type { EvaluationSpec, ModelSpec, ObjectiveSpec } from '../validation/plan-spec.js';

export interface SearchSpec {
  readonly method: string;
  /** Undefined: a whole grid. */
  readonly trials?: number;
  readonly lag: number;
  /** Configurations to try first: full names, completed with defaults, feasible. */
  readonly initial: readonly Params[];
  /** Whether the models' known-good configurations come after `initial`. */
  readonly defaults: boolean;
}

export interface BudgetSpec {
  readonly wallMs?: number;
  readonly trialMs?: number;
  readonly foldMs?: number;
  /** Trials without improvement. */
  readonly patience?: number;
}

/** A space file that keeps every rule: names resolved, defaults filled in. */
export interface Spec {
  readonly name: string;
  readonly seed: number;
  readonly data: DataSpec;
  readonly objective: ObjectiveSpec;
  readonly evaluation: EvaluationSpec;
  readonly search: SearchSpec;
  readonly models: readonly ModelSpec[];
  readonly space: Space;
  readonly baseline: boolean;
  readonly budget: BudgetSpec;
  /** The file as plain data after overrides, for the journal and for comparison on resume. */
  readonly source: Readonly<Record<string, unknown>>;
  /** Absolute folder that relative paths start from. */
  readonly directory: string;
}
