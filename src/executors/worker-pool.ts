import { fileURLToPath } from 'node:url';
import Tinypool from 'tinypool';
import type { FoldOutcome } from '../trial.js';
import type { EvaluationPlan } from '../validation/evaluation-plan.js';
import type { FoldTask } from '../validation/fold-task.js';
import type { Batch, BatchResult } from '../worker/messages.js';
import type { Executor } from './executor.js';

const WORKER_FILE = fileURLToPath(new URL('../worker/fold-worker.js', import.meta.url));

/** What tinypool says of a task whose worker it took away. */
const WORKER_TAKEN_AWAY = 'Terminating worker thread';

/** Below this, a worker that waits for us to hand it the next task loses time worth having. */
const SHORT_TASK_MS = 20;
/** A message to a worker and back costs a good part of a millisecond: shorter tasks share one, up to this run time. */
const BATCH_MS = 10;
const LARGEST_BATCH = 32;

interface WaitingTask {
  readonly task: FoldTask;
  readonly resolve: (outcome: FoldOutcome | undefined) => void;
  readonly reject: (error: unknown) => void;
  settled: boolean;
}

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
  /** Smoothed time of a task in its worker. */
  private meanTaskMs = SHORT_TASK_MS;
  private waiting: WaitingTask[] = [];
  /** Those that run or wait for a worker. */
  private batches = 0;

  /** @param workerFile the compiled entry of a worker; tests that run from source name it. */
  constructor(plan: EvaluationPlan, workers: number, workerFile: string = WORKER_FILE) {
    this.slots = workers;
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
    if (this.meanTaskMs >= SHORT_TASK_MS) return this.slots;
    // One batch runs in each worker and one waits for it.
    return 2 * this.slots * this.batchSize;
  }

  private get batchSize(): number {
    return Math.max(1, Math.min(LARGEST_BATCH, Math.floor(BATCH_MS / this.meanTaskMs)));
  }

  run(task: FoldTask, signal?: AbortSignal, onStart?: () => void): Promise<FoldOutcome | undefined> {
    if (signal?.aborted) return Promise.resolve(undefined);
    if (onStart !== undefined || this.batchSize === 1) return this.runAlone(task, signal, onStart);
    return new Promise((resolve, reject) => {
      const waiting: WaitingTask = { task, resolve, reject, settled: false };
      signal?.addEventListener('abort', () => settle(waiting, undefined), { once: true });
      this.waiting.push(waiting);
      // Whatever is handed over in the same turn can travel together.
      if (this.waiting.length === 1) queueMicrotask(() => this.sendWaiting());
    });
  }

  private sendWaiting(): void {
    const tasks = this.waiting.filter(({ settled }) => !settled);
    this.waiting = [];
    // Every idle worker gets its share, however few there are.
    const idle = Math.max(1, this.slots - this.batches);
    const size = Math.max(1, Math.min(this.batchSize, Math.ceil(tasks.length / idle)));
    for (let start = 0; start < tasks.length; start += size) void this.runBatch(tasks.slice(start, start + size));
  }

  private async runBatch(batch: readonly WaitingTask[]): Promise<void> {
    this.batches++;
    try {
      const outcomes = await this.send(batch.map(({ task }) => task));
      for (const [i, waiting] of batch.entries()) settle(waiting, outcomes[i]);
    } catch {
      // One of them killed the worker: alone, each shows whether it was that one.
      for (const waiting of batch) {
        if (!waiting.settled)
          await this.runAlone(waiting.task).then((outcome) => settle(waiting, outcome), waiting.reject);
      }
    } finally {
      this.batches--;
    }
  }

  private async runAlone(task: FoldTask, signal?: AbortSignal, onStart?: () => void): Promise<FoldOutcome | undefined> {
    try {
      return (await this.send([task], signal, onStart))[0];
    } catch (error) {
      if (signal?.aborted || this.closed) return undefined;
      const { code, message } = error as { code?: string; message?: string };
      if (code === 'ERR_WORKER_OUT_OF_MEMORY') {
        return { state: 'out-of-memory', reason: `the worker reached its heap limit (${message})` };
      }
      // Nothing of the task's own is thrown, so this worker died; one that cannot even start fails the study.
      if (!this.proven) throw error;
      return { state: 'crashed', reason: `the worker died: ${message}` };
    }
  }

  private async send(
    tasks: readonly FoldTask[],
    signal?: AbortSignal,
    onStart?: () => void,
  ): Promise<readonly FoldOutcome[]> {
    for (;;) {
      const batch: Batch = onStart === undefined ? { tasks } : { tasks, started: announceStart(onStart) };
      try {
        const result: BatchResult = await this.pool.run(batch, signal === undefined ? {} : { signal });
        const { outcomes, elapsedMs } = result;
        this.meanTaskMs += 0.2 * (elapsedMs / tasks.length - this.meanTaskMs);
        this.proven = true;
        return outcomes;
      } catch (error) {
        // It was handed to a worker that was being ended on behalf of another task.
        const again = (error as Error).message === WORKER_TAKEN_AWAY && !this.closed && signal?.aborted !== true;
        if (!again) throw error;
      }
    }
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    for (const waiting of this.waiting) settle(waiting, undefined);
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

function settle(waiting: WaitingTask, outcome: FoldOutcome | undefined): void {
  waiting.settled = true;
  waiting.resolve(outcome);
}
