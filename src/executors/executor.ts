import type { FoldOutcome } from '../trial.js';
import type { FoldTask } from '../validation/fold-task.js';

/** How a task is given up, and what is heard of it before its outcome. */
export interface RunOptions {
  /**
   * Aborting it ends the task: where it is one of no more than `slots` tasks wherever it is, by killing its worker if it
   * must; otherwise its outcome is given up.
   */
  readonly signal?: AbortSignal;
  /** A worker takes the task up: what came before was waiting. A task that has it is never sent together with others. */
  readonly onStart?: () => void;
  /** The worker that took it up is gone. If the task is run again, `onStart` says when. */
  readonly onLost?: () => void;
  /** A point of the learning curve that the task reports; all come before the outcome. */
  readonly onReport?: (step: number, value: number) => void;
}

/** Runs fold tasks somewhere. It never throws for what a task does: that is the outcome. */
export interface Executor {
  /** How many tasks run at the same time. */
  readonly slots: number;
  /**
   * How many tasks it takes at once, those waiting for a slot included; >= slots. An executor may raise it where tasks
   * turn out to be so short that handing them over costs more than running them.
   */
  readonly capacity: number;
  /**
   * @returns the outcome, or undefined when the signal ended it.
   * @throws when the executor itself is broken (a worker that cannot start), never for the task's sake.
   */
  run(task: FoldTask, options?: RunOptions): Promise<FoldOutcome | undefined>;
  /** Ends every worker; tasks under way end as if aborted. */
  close(): Promise<void>;
}
