import { fileURLToPath } from 'node:url';
import Tinypool from 'tinypool';
import type { FoldOutcome } from '../trial.js';
import type { EvaluationPlan } from '../validation/evaluation-plan.js';
import type { FoldTask } from '../validation/fold-task.js';
import type { Batch, BatchResult } from '../worker/messages.js';
import type { Executor, RunOptions } from './executor.js';
import { PendingTask } from './pending-task.js';
import { TaskBatches } from './task-batches.js';

const WORKER_FILE = fileURLToPath(new URL('../worker/fold-worker.js', import.meta.url));

/** What tinypool says of a task whose worker it took away. */
const WORKER_TAKEN_AWAY = 'Terminating worker thread';

/**
 * Runs tasks in worker threads. The plan reaches them once, as they start; its arrays are shared memory, so that one
 * copy of the data serves all of them.
 */
export class WorkerPoolExecutor implements Executor {
  readonly slots: number;
  private readonly pool: Tinypool;
  private closed = false;
  /** Whether any task ever came back: workers can start. */
  private proven = false;
  private readonly batches: TaskBatches;
  private waiting: PendingTask[] = [];
  /** Batches that run or wait for a worker. */
  private sent = 0;

  /** @param workerFile the compiled entry of a worker; tests that run from source name it. */
  constructor(plan: EvaluationPlan, workers: number, workerFile: string = WORKER_FILE) {
    this.slots = workers;
    this.batches = new TaskBatches(workers);
    this.pool = new Tinypool({
      filename: workerFile,
      runtime: 'worker_threads',
      // With fewer than the most, tinypool leaves queued tasks behind when a worker dies.
      minThreads: workers,
      maxThreads: workers,
      workerData: plan,
    });
    // A worker that dies while idle is replaced; the death of a busy one reaches us through its task.
    this.pool.on('error', () => {});
  }

  get capacity(): number {
    return this.batches.capacity;
  }

  run(task: FoldTask, options: RunOptions = {}): Promise<FoldOutcome | undefined> {
    if (options.signal?.aborted) return Promise.resolve(undefined);
    if (options.onStart !== undefined || this.batches.size === 1) return this.runAlone(task, options);
    const pending = new PendingTask(task, options, () => pending.settle(undefined));
    this.waiting.push(pending);
    // Whatever is handed over in the same turn can travel together.
    if (this.waiting.length === 1) queueMicrotask(() => this.sendWaiting());
    return pending.ended;
  }

  private sendWaiting(): void {
    const tasks = this.waiting.filter(({ settled }) => !settled);
    this.waiting = [];
    // Every idle worker gets its share, however few there are.
    const idle = Math.max(1, this.slots - this.sent);
    const size = Math.max(1, Math.min(this.batches.size, Math.ceil(tasks.length / idle)));
    for (let start = 0; start < tasks.length; start += size) void this.runBatch(tasks.slice(start, start + size));
  }

  private async runBatch(batch: readonly PendingTask[]): Promise<void> {
    this.sent++;
    try {
      const outcomes = await this.send(batch.map(({ task }) => task));
      for (const [i, pending] of batch.entries()) pending.settle(outcomes[i]);
    } catch {
      // One of them killed the worker: alone, each shows whether it was that one.
      for (const pending of batch) {
        if (!pending.settled)
          await this.runAlone(pending.task).then(
            (outcome) => pending.settle(outcome),
            (error: unknown) => pending.fail(error),
          );
      }
    } finally {
      this.sent--;
    }
  }

  private async runAlone(task: FoldTask, options: RunOptions = {}): Promise<FoldOutcome | undefined> {
    try {
      return (await this.send([task], options))[0];
    } catch (error) {
      if (options.signal?.aborted || this.closed) return undefined;
      const { code, message } = error as { code?: string; message?: string };
      if (code === 'ERR_WORKER_OUT_OF_MEMORY') {
        return { state: 'out-of-memory', reason: `the worker reached its heap limit (${message})` };
      }
      // Nothing of the task's own is thrown, so this worker died; one that cannot even start fails the study.
      if (!this.proven) throw error;
      return { state: 'crashed', reason: `the worker died: ${message}` };
    }
  }

  private async send(tasks: readonly FoldTask[], options: RunOptions = {}): Promise<readonly FoldOutcome[]> {
    const { signal, onStart, onLost } = options;
    for (;;) {
      let lost = false;
      // A worker that is gone may have said before that it began.
      const announce = () => {
        if (!lost) onStart?.();
      };
      const batch: Batch = onStart === undefined ? { tasks } : { tasks, started: announceStart(announce) };
      try {
        const result: BatchResult = await this.pool.run(batch, signal === undefined ? {} : { signal });
        const { outcomes, elapsedMs } = result;
        this.batches.learn(elapsedMs / tasks.length);
        this.proven = true;
        return outcomes;
      } catch (error) {
        lost = true;
        onLost?.();
        // It was handed to a worker that was being ended on behalf of another task.
        const again = (error as Error).message === WORKER_TAKEN_AWAY && !this.closed && signal?.aborted !== true;
        if (!again) throw error;
      }
    }
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    for (const pending of this.waiting) pending.settle(undefined);
    // Tinypool waits for each worker's end through events.once, which takes its listeners back from a worker that fails
    // meanwhile; tinypool's workers cannot do that.
    for (const worker of this.pool.threads) Object.assign(worker, { removeListener: () => worker });
    // A worker that fails as it ends has ended.
    await this.pool.destroy().catch(() => undefined);
  }
}

/** @returns the shared memory in which a worker says that it has begun. */
function announceStart(onStart: () => void): Int32Array {
  const started = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const change = Atomics.waitAsync(started, 0, 0);
  if (change.async) void change.value.then(onStart);
  return started;
}
