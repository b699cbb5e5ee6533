import type { FoldOutcome } from '../trial.js';
import type { FoldTask } from '../validation/fold-task.js';
import type { RunOptions } from './executor.js';

/** A task that was handed over, until its outcome is known or given up. */
export class PendingTask {
  readonly task: FoldTask;
  readonly options: RunOptions;
  readonly ended: Promise<FoldOutcome | undefined>;
  /** Whether the caller no longer wants it. */
  aborted = false;
  settled = false;
  /** How often its worker was killed from outside. */
  interruptions = 0;
  private readonly onAbort: () => void;
  private resolve!: (outcome: FoldOutcome | undefined) => void;
  private reject!: (error: unknown) => void;

  constructor(task: FoldTask, options: RunOptions, onAbort: (pending: PendingTask) => void) {
    this.task = task;
    this.options = options;
    this.onAbort = () => {
      this.aborted = true;
      onAbort(this);
    };
    this.ended = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    options.signal?.addEventListener('abort', this.onAbort, { once: true });
  }

  /** Later calls do nothing. */
  settle(outcome: FoldOutcome | undefined): void {
    this.done(() => this.resolve(this.aborted ? undefined : outcome));
  }

  fail(error: unknown): void {
    this.done(() => this.reject(error));
  }

  private done(finish: () => void): void {
    if (this.settled) return;
    this.settled = true;
    this.options.signal?.removeEventListener('abort', this.onAbort);
    finish();
  }
}
