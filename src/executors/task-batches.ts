import type { PendingTask } from './pending-task.js';

/** Below this, a worker that waits for us to hand it the next task loses time worth having. */
const SHORT_TASK_MS = 20;
/** A message to a worker and back costs a good part of a millisecond: shorter tasks share one, up to this run time. */
const BATCH_MS = 10;
const LARGEST_BATCH = 32;

/** Decides how many tasks go to a worker together, from how long they take. */
export class TaskBatches {
  private readonly slots: number;
  /** Smoothed time of a task in its worker. */
  private meanTaskMs = SHORT_TASK_MS;

  constructor(slots: number) {
    this.slots = slots;
  }

  /** How many tasks are worth holding. */
  get capacity(): number {
    if (this.meanTaskMs >= SHORT_TASK_MS) return this.slots;
    // One batch runs in each worker and one waits for it.
    return 2 * this.slots * this.size;
  }

  learn(meanTaskMs: number): void {
    this.meanTaskMs += 0.2 * (meanTaskMs - this.meanTaskMs);
  }

  /** Removes the next batch from the head of those that wait. Who is told of its start goes alone. */
  take(waiting: PendingTask[]): readonly PendingTask[] {
    // Every worker gets its share, however few there are.
    const most = Math.max(1, Math.min(this.size, Math.ceil(waiting.length / this.slots)));
    let count = Math.min(waiting.length, 1);
    if (waiting[0]?.options.onStart === undefined) {
      while (count < most && count < waiting.length && waiting[count]!.options.onStart === undefined) count++;
    }
    return waiting.splice(0, count);
  }

  /** How many tasks a worker should get at once. */
  get size(): number {
    return Math.max(1, Math.min(LARGEST_BATCH, Math.floor(BATCH_MS / this.meanTaskMs)));
  }
}
