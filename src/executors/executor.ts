import type { FoldOutcome } from '../trial.js';
import type { FoldTask } from '../validation/fold-task.js';

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
   * @param signal aborting it ends the task: where it is one of no more than `slots` tasks wherever it is, by killing
   *   its worker if it must; otherwise its outcome is given up.
   * @param onStart called when a worker takes the task up: what came before was waiting. A task that has it is never
   *   sent together with others.
   * @param onReport called with each point of the learning curve that the task reports, all before it resolves.
   * @returns the outcome, or undefined when the signal ended it.
   * @throws when the executor itself is broken (a worker that cannot start), never for the task's sake.
   */
  run(
    task: FoldTask,
    signal?: AbortSignal,
    onStart?: () => void,
    onReport?: (step: number, value: number) => void,
  ): Promise<FoldOutcome | undefined>;
  /** Ends every worker; tasks under way end as if aborted. */
  close(): Promise<void>;
}
