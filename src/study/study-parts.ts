import type { Executor } from '../executors/executor.js';
import type { JournalStore } from '../journal/journal-store.js';
import type { Sampler } from '../samplers/sampler.js';
import type { Space } from '../space/space.js';
import type { Resources } from '../validation/user-code.js';
import type { PruningJudge } from './pruning-judge.js';
import type { Reporters } from './reporters.js';
import type { ResourceLedger } from './resource-ledger.js';
import type { StudyState } from './study-state.js';
import type { TaskFactory } from './task-factory.js';
import type { TimeLimits } from './trial-limits.js';

/** Everything a running study consists of. */
export interface StudyParts {
  /** Everything the journal holds is already applied. */
  readonly state: StudyState;
  readonly space: Space;
  readonly sampler: Sampler;
  /** Trial i waits until all trials <= i - lag have ended; undefined where proposals read no results. */
  readonly lag: number | undefined;
  /** Trials at the most, as the space file says. */
  readonly trials: number | undefined;
  readonly tasks: TaskFactory;
  readonly executor: Executor;
  readonly journal: JournalStore;
  readonly baseline: boolean;
  readonly limits: TimeLimits;
  /** Undefined: no trial is given up for its learning curve. */
  readonly judge?: PruningJudge;
  /** What there is for tasks, where they need more than a slot each. */
  readonly resources?: {
    readonly ledger: ResourceLedger;
    /** @param model the family of a task. */
    readonly of: (model: string) => Resources;
  };
  /** What is left of the whole sweep's time. */
  readonly wallMs: number | undefined;
  readonly reporters: Reporters;
  /** Aborted when the user wants to stop. */
  readonly signal: AbortSignal;
}
