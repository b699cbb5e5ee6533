import type { StoredPlan } from '../cache/stored-plan.js';
import { StorageError, spaceFileError } from '../errors.js';
import { formatBytes } from '../format-bytes.js';
import type { FoldOutcome } from '../trial.js';
import type { RunAnswer, WorkerNotice, WorkerSetup } from '../worker/process-messages.js';
import { overMemoryReason, type Watched } from './memory-watch.js';
import type { PendingTask } from './pending-task.js';
import { residentBytes } from './resident-memory.js';
import type { Watchdog } from './watchdog.js';
import { describeExit, killedFromOutside, type WorkerExit } from './worker-exit.js';
import { WorkerEnded, WorkerProcess } from './worker-process.js';

/** A task whose worker is killed from outside is run again so often. */
const MOST_RETRIES = 2;
/** A worker that is killed while it starts, or finds its file damaged, costs time only; but not for ever. */
const MOST_START_RETRIES = 9;

export interface WorkerSlotOptions {
  readonly file: string;
  readonly env: Record<string, string>;
  readonly flags: string[];
  readonly watchdog: Watchdog;
  readonly work: WorkerSetup['work'];
  /** Of studies with data. */
  readonly plan: StoredPlan | undefined;
  readonly memoryLimitBytes: number | undefined;
  readonly runFolder: string;
}

/** A place for one worker process: the tasks that run in it and the workers that come one after the other. */
export class WorkerSlot {
  private worker: WorkerProcess | undefined;
  private readonly options: WorkerSlotOptions;
  private running: readonly PendingTask[] = [];
  /** Those of them that the worker was asked for last. */
  private asked: readonly PendingTask[] = [];
  private runs = 0;
  /** Whether the running request has begun, as far as it said so. */
  private started = false;
  /** Whether the worker's process has ended; what it said last may still come. */
  private gone = false;
  /** Whether the worker has not run anything before. */
  private fresh = true;
  private closed = false;

  constructor(options: WorkerSlotOptions) {
    this.options = options;
  }

  get busy(): boolean {
    return this.running.length > 0;
  }

  /** How many tasks are in it. */
  get size(): number {
    return this.running.length;
  }

  /** Its worker, for the limit of memory. */
  get watched(): readonly Watched[] {
    const { worker } = this;
    if (worker?.usable !== true) return [];
    const overMemory = (bytes: number) => worker.killForMemory(bytes);
    return [{ pid: worker.pid!, groups: worker.groups, overMemory }];
  }

  holds(pending: PendingTask): boolean {
    return this.running.includes(pending);
  }

  /** Whether a task runs here that is still wanted. */
  get wanted(): boolean {
    return this.running.some(({ settled, aborted }) => !settled && !aborted);
  }

  /**
   * Settles every one of them, whatever happens to the worker.
   * @returns the mean time of a task, where they went well.
   */
  async run(tasks: readonly PendingTask[]): Promise<number | undefined> {
    this.running = tasks;
    try {
      if (tasks.length > 1) {
        const elapsedMs = await this.runTogether(tasks);
        if (elapsedMs !== undefined) return elapsedMs / tasks.length;
      }
      let elapsedMs: number | undefined;
      // Those that were together with one that ended their worker show alone which it was.
      for (const pending of tasks) elapsedMs = await this.runAlone(pending);
      return elapsedMs;
    } catch (error) {
      for (const pending of tasks) pending.fail(error);
      return undefined;
    } finally {
      this.running = [];
    }
  }

  /** Gives up what runs, with the worker. */
  stop(): void {
    void this.worker?.end();
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const pending of this.running) pending.aborted = true;
    await this.worker?.end();
  }

  private async runTogether(tasks: readonly PendingTask[]): Promise<number | undefined> {
    const worker = await this.workerFor(tasks[0]!);
    if (worker === undefined) return undefined;
    try {
      const { outcomes, elapsedMs } = await this.ask(worker, tasks, false);
      for (const [i, pending] of tasks.entries()) pending.settle(outcomes[i]);
      return elapsedMs;
    } catch (error) {
      if (!(error instanceof WorkerEnded)) throw error;
      if (killedFromOutside(error.exit) && !worker.ending) for (const pending of tasks) pending.interruptions++;
      return undefined;
    }
  }

  private async runAlone(pending: PendingTask): Promise<number | undefined> {
    for (;;) {
      if (pending.settled) return undefined;
      const worker = await this.workerFor(pending);
      if (worker === undefined || pending.aborted) {
        pending.settle(undefined);
        return undefined;
      }
      const { fresh } = this;
      try {
        const { outcomes, elapsedMs } = await this.ask(worker, [pending], true);
        pending.settle(outcomes[0]);
        return elapsedMs;
      } catch (error) {
        if (!(error instanceof WorkerEnded)) throw error;
        // A worker that was ended on behalf of another task is nobody's fault.
        const outcome = worker.ending ? 'again' : this.meaningOf(error.exit, pending, fresh);
        if (outcome !== 'again') {
          pending.settle(outcome);
          return undefined;
        }
      }
    }
  }

  private async ask(worker: WorkerProcess, tasks: readonly PendingTask[], announce: boolean): Promise<RunAnswer> {
    this.asked = tasks;
    this.started = false;
    this.fresh = false;
    return await worker.run({ kind: 'run', run: ++this.runs, tasks: tasks.map(({ task }) => task), announce });
  }

  /** What the end of its worker means for a task that ran alone. */
  private meaningOf(exit: WorkerExit, pending: PendingTask, fresh: boolean): FoldOutcome | 'again' {
    const { memoryLimitBytes } = this.options;
    if (exit.overMemoryBytes !== undefined || exit.heapFull) {
      // What earlier tasks have left behind in the worker is not this one's.
      if (!fresh) return 'again';
      return { state: 'out-of-memory', reason: memoryReason(exit, memoryLimitBytes) };
    }
    const blameless = !this.started || (exit.blamedRun !== undefined && exit.blamedRun !== this.runs);
    if (blameless || killedFromOutside(exit)) {
      if (pending.interruptions++ < MOST_RETRIES) return 'again';
      return { state: 'crashed', reason: `${describeExit(exit)}, ${pending.interruptions} times` };
    }
    return { state: 'crashed', reason: describeExit(exit) };
  }

  /** @returns undefined when nobody wants it any more. @throws when no worker can start. */
  private async workerFor(pending: PendingTask): Promise<WorkerProcess | undefined> {
    const { plan } = this.options;
    for (let retries = 0; ; retries++) {
      if (this.worker?.usable === true) return this.worker;
      // Its place is free when it is gone.
      await this.worker?.end();
      const file = await plan?.file();
      if (this.closed || pending.aborted) return undefined;
      const worker = this.start(file);
      try {
        const { damage } = await worker.ready();
        if (damage === undefined) {
          await this.refuseTooLarge(worker);
          return worker;
        }
        if (retries >= MOST_START_RETRIES)
          throw new StorageError(`what the cache holds cannot be read back: ${damage}`);
        await worker.end();
        await plan!.rewrite();
      } catch (error) {
        if (this.closed || pending.aborted) return undefined;
        if (!(error instanceof WorkerEnded)) {
          // It lives, but is of no use.
          await worker.end();
          throw error;
        }
        if (!killedFromOutside(error.exit) || retries >= MOST_START_RETRIES) {
          throw startError(error.exit, this.options.memoryLimitBytes);
        }
      }
    }
  }

  /** A worker that is over the limit before it has done anything would fail every task. */
  private async refuseTooLarge(worker: WorkerProcess): Promise<void> {
    const { memoryLimitBytes } = this.options;
    if (memoryLimitBytes === undefined) return;
    const [bytes = 0] = await residentBytes([{ pid: worker.pid!, groups: worker.groups }]).catch(() => []);
    if (bytes > memoryLimitBytes) throw tooLittleMemory(overMemoryReason(bytes, memoryLimitBytes));
  }

  private start(planFile: string | undefined): WorkerProcess {
    const { file, env, flags, watchdog, work, plan, runFolder } = this.options;
    const setup = {
      work,
      runFolder,
      ...(planFile !== undefined && { evaluation: { file: planFile, hash: plan!.hash } }),
    };
    const onNotice = (notice: WorkerNotice) => this.take(notice);
    const onExit = () => this.lose();
    this.gone = false;
    try {
      this.worker = new WorkerProcess({ kind: 'set-up', setup }, { file, env, flags, watchdog, onNotice, onExit });
    } catch (error) {
      throw new Error(`a worker process cannot start: ${(error as Error).message}`, { cause: error });
    }
    this.fresh = true;
    return this.worker;
  }

  /** At once: what is found out about the end, and the next worker, take their time. */
  private lose(): void {
    this.gone = true;
    for (const { settled, options } of this.asked) if (!settled) options.onLost?.();
  }

  private take(notice: WorkerNotice): void {
    if (notice.notice === 'started' && notice.run === this.runs) {
      this.started = true;
      if (!this.gone) this.asked[0]?.options.onStart?.();
    }
    if (notice.notice === 'report' && notice.run === this.runs) {
      const pending = this.asked[notice.task];
      if (pending?.settled === false) pending.options.onReport?.(notice.step, notice.value);
    }
  }
}

function memoryReason({ overMemoryBytes }: WorkerExit, limitBytes: number | undefined): string {
  if (overMemoryBytes !== undefined) return overMemoryReason(overMemoryBytes, limitBytes!);
  const limit = limitBytes === undefined ? 'its limit' : `${formatBytes(limitBytes, '')} (budget.memory)`;
  return `the JavaScript heap reached ${limit}`;
}

function startError(exit: WorkerExit, limitBytes: number | undefined): Error {
  if (limitBytes !== undefined && (exit.overMemoryBytes !== undefined || exit.heapFull)) {
    return tooLittleMemory(memoryReason(exit, limitBytes));
  }
  return new Error(`a worker process cannot start: ${describeExit(exit)}`);
}

function tooLittleMemory(reason: string): Error {
  return spaceFileError('the space file', [
    { path: 'budget.memory', message: `a worker needs more before it has run anything: ${reason}` },
  ]);
}
