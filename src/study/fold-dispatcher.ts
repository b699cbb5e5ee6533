import type { FoldOutcome, LearningCurve } from '../trial.js';
import type { FoldTask } from '../validation/fold-task.js';
import { FoldQueue } from './fold-queue.js';
import type { StudyParts } from './study-parts.js';
import type { TrialTasks } from './task-factory.js';
import { TrialClock } from './trial-limits.js';

/** How often a fold that waits for resources may be passed by, for each slot. */
const PASSES_PER_SLOT = 4;

interface QueuedFold {
  /** Null: of the baseline. */
  readonly trial: number | null;
  readonly fold: number;
  readonly task: FoldTask;
}

interface RunningFold extends QueuedFold {
  readonly controller: AbortController;
  readonly curve: (readonly [step: number, value: number])[];
  /** Why it was given up while it ran. */
  verdict?: FoldOutcome;
}

export interface DispatchListener {
  /** A fold ended that was not cancelled. */
  ended(trial: number | null, fold: number, outcome: FoldOutcome): void;
  /** A cancelled fold has left its worker. */
  cancelled(): void;
  failed(error: unknown): void;
}

type Parts = Pick<StudyParts, 'state' | 'executor' | 'limits' | 'reporters' | 'judge' | 'resources'>;

/**
 * Hands folds to the executor in the order of the queue, as far as there are resources for them, watches their time and
 * their learning curves, and drops those that no longer matter.
 */
export class FoldDispatcher {
  private readonly parts: Parts;
  private readonly listener: DispatchListener;
  private readonly queue: FoldQueue<QueuedFold>;
  private readonly active = new Set<RunningFold>();
  /** What each slot runs: an executor takes folds up in the order in which it got them, so the oldest ones run. */
  private readonly slots: (RunningFold | undefined)[];
  private readonly clocks = new Map<number, TrialClock>();
  private readonly limited: boolean;

  constructor(parts: Parts, listener: DispatchListener) {
    this.parts = parts;
    this.listener = listener;
    this.slots = new Array<RunningFold | undefined>(parts.executor.slots).fill(undefined);
    this.queue = new FoldQueue(parts.resources === undefined ? 0 : PASSES_PER_SLOT * parts.executor.slots);
    this.limited =
      parts.resources !== undefined || parts.limits.trialMs !== undefined || parts.limits.foldMs !== undefined;
  }

  get running(): number {
    return this.active.size;
  }

  get hasRoom(): boolean {
    const { slots, capacity } = this.parts.executor;
    // With a limit of time, a fold is handed over when it can run: its worker may have to be killed.
    if (this.active.size >= (this.limited ? slots : capacity)) return false;
    return this.parts.resources === undefined || this.queue.isEmpty || this.queue.has(this.goes);
  }

  private readonly goes = ({ trial, fold, task }: QueuedFold): boolean => {
    const { resources, state } = this.parts;
    // One whose outcome is no longer needed goes nowhere, which takes nothing.
    return resources === undefined || !state.needs(trial, fold) || resources.ledger.fits(resources.of(task.model));
  };

  enqueue(trial: number | null, tasks: TrialTasks): void {
    const { foldCount } = this.parts.state.settings;
    for (let fold = 0; fold < foldCount; fold++) this.queue.push({ trial, fold, task: tasks(fold) });
  }

  /** Starts the next fold whose outcome is still needed. @returns false when there is none. */
  startNext(): boolean {
    for (;;) {
      const next = this.queue.take(this.goes);
      if (next === undefined) return false;
      if (!this.parts.state.needs(next.trial, next.fold)) continue;
      void this.start(next);
      return true;
    }
  }

  /** Runs one fold beside the queue. @returns undefined when it was cancelled. */
  runNow(trial: number, fold: number, tasks: TrialTasks): Promise<FoldOutcome | undefined> {
    return this.execute({ trial, fold, task: tasks(fold) });
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
    this.queue.keep((fold) => !dropped(fold));
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
    const { trial, fold, task } = next;
    const { executor, resources } = this.parts;
    const running: RunningFold = { ...next, controller: new AbortController(), curve: [] };
    const lease = resources?.ledger.take(resources.of(task.model));
    const clock = this.clockOf(trial);
    this.active.add(running);
    this.fillSlot(this.slots.indexOf(undefined));
    try {
      const given = lease === undefined ? task : { ...task, cpus: lease.cpus, gpus: lease.gpus };
      const outcome = await executor.run(given, {
        signal: running.controller.signal,
        ...(clock && { onStart: () => clock.start(fold, running.controller), onLost: () => clock.lose(fold) }),
        onReport: (step, value) => this.judge(running, step, value),
      });
      return running.verdict ?? withCurve(clock?.end(fold) ?? outcome, running.curve);
    } finally {
      if (lease !== undefined) resources!.ledger.giveBack(lease);
      clock?.end(fold);
      this.active.delete(running);
      this.fillSlot(this.slots.indexOf(running));
    }
  }

  /** Takes in a point of a learning curve, which may be the last one wanted. */
  private judge(running: RunningFold, step: number, value: number): void {
    if (running.verdict !== undefined || running.trial === null || !this.active.has(running)) return;
    // A worker that was lost is followed by one that begins anew, and what it reports is known up to here.
    if (step <= (running.curve.at(-1)?.[0] ?? Number.NEGATIVE_INFINITY)) return;
    running.curve.push([step, value]);
    const verdict = this.parts.judge?.verdict(running.trial, running.fold, running.curve);
    if (verdict === undefined) return;
    running.verdict = verdict;
    running.controller.abort();
  }

  /** Puts the oldest fold that is in no slot into this one, or nothing; -1 stands for no slot. */
  private fillSlot(slot: number): void {
    if (slot < 0) return;
    this.slots[slot] = undefined;
    // The folds in the slots are older than the others: this looks at no more than one beyond them.
    for (const running of this.active) {
      if (this.slots.includes(running)) continue;
      this.slots[slot] = running;
      break;
    }
    this.parts.reporters.onSlot(slot, this.slots[slot]?.task);
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

function withCurve(outcome: FoldOutcome | undefined, curve: LearningCurve): FoldOutcome | undefined {
  return outcome === undefined || curve.length === 0 ? outcome : { ...outcome, curve };
}
