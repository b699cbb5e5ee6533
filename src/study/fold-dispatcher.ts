import type { FoldOutcome } from '../trial.js';
import type { FoldTask } from '../validation/fold-task.js';
import type { StudyParts } from './study-parts.js';
import type { TrialTasks } from './task-factory.js';
import { TrialClock } from './trial-limits.js';

interface QueuedFold {
  /** Null: of the baseline. */
  readonly trial: number | null;
  readonly fold: number;
  readonly tasks: TrialTasks;
}

interface RunningFold extends QueuedFold {
  readonly controller: AbortController;
  readonly slot: number;
}

export interface DispatchListener {
  /** A fold ended that was not cancelled. */
  ended(trial: number | null, fold: number, outcome: FoldOutcome): void;
  /** A cancelled fold has left its worker. */
  cancelled(): void;
  failed(error: unknown): void;
}

type Parts = Pick<StudyParts, 'state' | 'executor' | 'limits' | 'reporters'>;

/** Hands folds to the executor in the order of the queue, watches their time, and drops those that no longer matter. */
export class FoldDispatcher {
  private readonly parts: Parts;
  private readonly listener: DispatchListener;
  private queue: QueuedFold[] = [];
  private head = 0;
  private readonly active = new Set<RunningFold>();
  /** Whether a task is in the slot, or in a place to wait for one behind them. */
  private readonly occupied: boolean[] = [];
  private readonly clocks = new Map<number, TrialClock>();
  private readonly limited: boolean;

  constructor(parts: Parts, listener: DispatchListener) {
    this.parts = parts;
    this.listener = listener;
    this.limited = parts.limits.trialMs !== undefined || parts.limits.foldMs !== undefined;
  }

  get running(): number {
    return this.active.size;
  }

  get hasRoom(): boolean {
    const { slots, capacity } = this.parts.executor;
    // With a limit of time, a fold is handed over when it can run: its worker may have to be killed.
    return this.active.size < (this.limited ? slots : capacity);
  }

  enqueue(trial: number | null, tasks: TrialTasks): void {
    const { foldCount } = this.parts.state.settings;
    for (let fold = 0; fold < foldCount; fold++) this.queue.push({ trial, fold, tasks });
  }

  /** Starts the next fold whose outcome is still needed. @returns false when there is none. */
  startNext(): boolean {
    while (this.head < this.queue.length) {
      const next = this.queue[this.head++]!;
      if (this.head === this.queue.length) {
        this.queue = [];
        this.head = 0;
      }
      if (!this.parts.state.needs(next.trial, next.fold)) continue;
      void this.start(next);
      return true;
    }
    return false;
  }

  /** Runs one fold beside the queue. @returns undefined when it was cancelled. */
  runNow(trial: number, fold: number, tasks: TrialTasks): Promise<FoldOutcome | undefined> {
    return this.execute({ trial, fold, tasks });
  }

  /** Gives up the folds of all trials; those of the baseline go on. */
  dropTrials(): void {
    this.drop((fold) => fold.trial !== null);
  }

  dropAll(): void {
    this.drop(() => true);
  }

  /** The trial has ended: nothing of it is watched any more. */
  forget(trial: number): void {
    this.clocks.delete(trial);
  }

  private drop(dropped: (fold: QueuedFold) => boolean): void {
    this.queue = this.queue.slice(this.head).filter((fold) => !dropped(fold));
    this.head = 0;
    for (const running of this.active) if (dropped(running)) running.controller.abort();
  }

  private async start(next: QueuedFold): Promise<void> {
    try {
      const outcome = await this.execute(next);
      if (outcome === undefined) return this.listener.cancelled();
      // What failed by itself will fail fast in other folds too; what hung is not waited for.
      const hopeless = outcome.state !== 'completed' && outcome.state !== 'failed';
      if (hopeless) this.abortLaterFolds(next);
      this.listener.ended(next.trial, next.fold, outcome);
    } catch (error) {
      this.listener.failed(error);
    }
  }

  private async execute(next: QueuedFold): Promise<FoldOutcome | undefined> {
    const { trial, fold } = next;
    const running: RunningFold = { ...next, controller: new AbortController(), slot: this.freeSlot() };
    const task = next.tasks(fold);
    const clock = this.clockOf(trial);
    this.active.add(running);
    this.occupy(running.slot, task);
    const { signal } = running.controller;
    const onStart = clock === undefined ? undefined : () => clock.start(fold, running.controller);
    try {
      const outcome = await this.parts.executor.run(task, signal, onStart);
      return clock?.end(fold) ?? outcome;
    } finally {
      clock?.end(fold);
      this.active.delete(running);
      this.occupy(running.slot, undefined);
    }
  }

  private freeSlot(): number {
    const free = this.occupied.indexOf(false);
    return free < 0 ? this.occupied.length : free;
  }

  private occupy(slot: number, task: FoldTask | undefined): void {
    this.occupied[slot] = task !== undefined;
    if (slot < this.parts.executor.slots) this.parts.reporters.onSlot(slot, task);
  }

  private clockOf(trial: number | null): TrialClock | undefined {
    if (!this.limited || trial === null) return undefined;
    let clock = this.clocks.get(trial);
    if (clock === undefined) {
      clock = new TrialClock(this.parts.limits, this.parts.state.spentSeconds(trial) * 1000);
      this.clocks.set(trial, clock);
    }
    return clock;
  }

  private abortLaterFolds({ trial, fold }: QueuedFold): void {
    for (const running of this.active) {
      if (running.trial === trial && running.fold > fold) running.controller.abort();
    }
  }
}
