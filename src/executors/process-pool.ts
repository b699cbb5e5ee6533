import { fileURLToPath } from 'node:url';
import { type PlanCacheOptions, StoredPlan } from '../cache/stored-plan.js';
import type { FoldOutcome } from '../trial.js';
import type { FoldTask } from '../validation/fold-task.js';
import type { WorkPlan } from '../validation/work-plan.js';
import type { Executor, RunOptions } from './executor.js';
import { MemoryWatch } from './memory-watch.js';
import { PendingTask } from './pending-task.js';
import { TaskBatches } from './task-batches.js';
import { Watchdog } from './watchdog.js';
import { workerEnvironment, workerFlags } from './worker-environment.js';
import { WorkerSlot } from './worker-slot.js';

const WORKER_FILE = fileURLToPath(new URL('../worker/process-worker.js', import.meta.url));

export interface ProcessPoolOptions {
  /** Processes at the same time, >= 1. */
  readonly workers: number;
  readonly work: WorkPlan;
  /** Absolute; where tasks of the user's code leave what they print. */
  readonly runFolder: string;
  /** Resident memory of a worker and of the process groups that its tasks started. */
  readonly memoryLimitBytes?: number;
  readonly cache?: PlanCacheOptions;
  /** The compiled entry of a worker; tests that run from source name it. */
  readonly workerFile?: string;
}

/**
 * Runs tasks in child processes, of which any may crash, hang or take too much without harm to the others: it costs one
 * attempt of one task. The plan reaches them as a file. Processes that were killed from outside are replaced and their
 * tasks run again, at most twice. None of them outlives this one, however it ends.
 */
export class ProcessPoolExecutor implements Executor {
  readonly slots: number;
  private readonly plan: StoredPlan | undefined;
  private readonly watchdog = new Watchdog();
  private readonly memory: MemoryWatch | undefined;
  private readonly places: readonly WorkerSlot[];
  private readonly batches: TaskBatches;
  private waiting: PendingTask[] = [];
  private dispatching = false;
  private closing: Promise<void> | undefined;

  constructor(options: ProcessPoolOptions) {
    const { work, workers, runFolder, memoryLimitBytes, cache, workerFile = WORKER_FILE } = options;
    this.slots = workers;
    this.batches = new TaskBatches(workers);
    const { evaluation, ...rest } = work;
    this.plan = evaluation === undefined ? undefined : new StoredPlan(evaluation, cache);
    const slot = {
      file: workerFile,
      env: workerEnvironment(),
      flags: workerFlags(memoryLimitBytes),
      watchdog: this.watchdog,
      work: rest,
      plan: this.plan,
      memoryLimitBytes,
      runFolder,
    };
    this.places = Array.from({ length: workers }, () => new WorkerSlot(slot));
    if (memoryLimitBytes !== undefined) {
      this.memory = new MemoryWatch(memoryLimitBytes, () => this.places.flatMap((place) => place.watched));
    }
  }

  get capacity(): number {
    return this.batches.capacity;
  }

  run(task: FoldTask, options: RunOptions = {}): Promise<FoldOutcome | undefined> {
    if (options.signal?.aborted || this.closing !== undefined) return Promise.resolve(undefined);
    const pending = new PendingTask(task, options, (given) => this.giveUp(given));
    this.waiting.push(pending);
    this.dispatchSoon();
    return pending.ended;
  }

  close(): Promise<void> {
    this.closing ??= this.closeAll();
    return this.closing;
  }

  private async closeAll(): Promise<void> {
    for (const pending of this.waiting) pending.settle(undefined);
    this.waiting = [];
    await Promise.all(this.places.map((place) => place.close()));
    this.memory?.close();
    await this.watchdog.close();
    await this.plan?.release();
  }

  /** Whatever is handed over in the same turn can travel together. */
  private dispatchSoon(): void {
    if (this.dispatching) return;
    this.dispatching = true;
    queueMicrotask(() => {
      this.dispatching = false;
      for (const place of this.places) this.dispatch(place);
    });
  }

  private dispatch(place: WorkerSlot): void {
    if (place.busy) return;
    const tasks = this.batches.take(this.waiting);
    if (tasks.length === 0) return;
    void place.run(tasks).then((meanMs) => {
      if (meanMs !== undefined) this.batches.learn(meanMs);
      this.dispatch(place);
    });
  }

  private giveUp(pending: PendingTask): void {
    const place = this.places.find((candidate) => candidate.holds(pending));
    if (place === undefined) {
      this.waiting = this.waiting.filter((other) => other !== pending);
      pending.settle(undefined);
      return;
    }
    const few = this.waiting.length + this.places.reduce((sum, { size }) => sum + size, 0) <= this.slots;
    if (few || !place.wanted) place.stop();
    // Beside others, it is their end that it would have to wait for.
    else pending.settle(undefined);
  }
}
