import type { SearchRange, Trainer } from '../../trainers/trainer.js';
import type { ParameterValue } from '../../trial.js';

/** A trainer, as `models --json` prints it. Fields are only ever added. */
export interface TrainerDescription {
  readonly name: string;
  readonly summary: string;
  readonly tasks: readonly string[];
  /** What it can be ranked by: `values`, `decision` (roc_auc, pr_auc too) or `probabilities` (every metric). */
  readonly gives: string;
  readonly accepts_weights: boolean;
  /** Whether `cml init` proposes it. */
  readonly suggested: boolean;
  /** The configuration tried first. */
  readonly known_good: Readonly<Record<string, ParameterValue>>;
  readonly parameters: readonly {
    readonly name: string;
    readonly summary: string;
    /** The values allowed, in words. */
    readonly rule: string;
    readonly default: ParameterValue;
    /** A range to search, as in a space file; null for one not worth searching. */
    readonly search: SearchRange | null;
    readonly when: string | null;
  }[];
}

export function describeTrainer(trainer: Trainer): TrainerDescription {
  return {
    name: trainer.name,
    summary: trainer.summary,
    tasks: trainer.tasks,
    gives: trainer.gives,
    accepts_weights: trainer.acceptsWeights,
    suggested: trainer.suggested,
    known_good: trainer.knownGood,
    parameters: trainer.parameters.map((parameter) => ({
      name: parameter.name,
      summary: parameter.summary,
      rule: parameter.rule,
      default: parameter.default,
      search: parameter.search ?? null,
      when: parameter.when ?? null,
    })),
  };
}
