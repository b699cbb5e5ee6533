import type { FoldOutcome } from '../trial.js';
import type { FoldTask } from '../validation/fold-task.js';

/** What a worker is sent. */
export interface Batch {
  readonly tasks: readonly FoldTask[];
  /** Shared memory of one number, set to 1 when a worker takes the batch up. */
  readonly started?: Int32Array;
}

/** What it sends back. */
export interface BatchResult {
  /** In the order of the tasks. */
  readonly outcomes: readonly FoldOutcome[];
  readonly elapsedMs: number;
}
