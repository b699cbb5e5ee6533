import type { FoldOutcome } from '../trial.js';
import type { FoldTask } from '../validation/fold-task.js';

/** How a task that runs in a worker process reaches the process that asked for it. */
export interface TaskContext {
  /**
   * Aborted when the task is given up; shortly afterwards the process is killed. Who never reads it is killed at once.
   */
  readonly signal: AbortSignal;
  /**
   * Says that a process group was started. It is killed when the task is given up, goes over its memory, or when this
   * process or its parent dies; what it holds in memory counts for the task.
   * @param leader its id. @returns to be called when nothing is left of it.
   */
  readonly announceGroup: (leader: number) => () => void;
  /** A point of the learning curve. */
  readonly report: (step: number, value: number) => void;
}

/** Evaluates one task in a worker process; what it throws makes a failed outcome. */
export type TaskRunner = (task: FoldTask, context: TaskContext) => Promise<FoldOutcome>;
