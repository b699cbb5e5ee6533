import type { Executor, RunOptions } from '../../../src/executors/executor.js';
import type { Random } from '../../../src/random.js';
import type { FoldOutcome, LearningCurve } from '../../../src/trial.js';
import type { FoldTask } from '../../../src/validation/fold-task.js';
import type { VirtualClock } from './virtual-clock.js';

/** What a task does, whoever runs it: the outcome, or that it never ends; and what it reports meanwhile. */
export interface Behaviour {
  readonly outcome: FoldOutcome | 'hangs';
  readonly curve: LearningCurve;
}

/** How often each fault happens, as a share of the attempts at a task. */
export interface FaultRates {
  /** The worker dies under it; the task is run again, at most twice. */
  readonly lost: number;
  /** The worker is given up but lives: it delivers what another one delivers too. */
  readonly presumedLost: number;
  /** What was delivered comes once more, with all that was reported before. */
  readonly duplicated: number;
  readonly late: number;
  readonly slow: number;
  /** The result is on its way already when the task is given up. */
  readonly tooLateToGiveUp: number;
}

export type Fault = keyof FaultRates;

const MOST_LOSSES = 2;

interface Call {
  readonly task: FoldTask;
  readonly behaviour: Behaviour;
  readonly options: RunOptions;
  readonly resolve: (outcome?: FoldOutcome) => void;
  losses: number;
  /** Frees the worker of the attempt under way. */
  release?: () => void;
}

/** Workers that take tasks up in any order, are of any speed, and fail in every way that is not the task's own. */
export class FaultyExecutor implements Executor {
  readonly slots: number;
  readonly capacity: number;
  private free: number;
  private readonly waiting: Call[] = [];
  private readonly clock: VirtualClock;
  private readonly random: Random;
  private readonly rates: FaultRates;
  private readonly behaviourOf: (task: FoldTask) => Behaviour;
  private readonly onFault: (fault: Fault) => void;

  constructor(options: {
    readonly slots: number;
    readonly capacity: number;
    readonly clock: VirtualClock;
    readonly random: Random;
    readonly rates: FaultRates;
    readonly behaviourOf: (task: FoldTask) => Behaviour;
    readonly onFault: (fault: Fault) => void;
  }) {
    this.slots = options.slots;
    this.capacity = options.capacity;
    this.free = options.slots;
    this.clock = options.clock;
    this.random = options.random;
    this.rates = options.rates;
    this.behaviourOf = options.behaviourOf;
    this.onFault = options.onFault;
  }

  run(task: FoldTask, options: RunOptions = {}): Promise<FoldOutcome | undefined> {
    return new Promise((resolve) => {
      const call: Call = { task, behaviour: this.behaviourOf(task), options, resolve, losses: 0 };
      options.signal?.addEventListener('abort', () => this.giveUp(call));
      this.waiting.push(call);
      this.takeUp();
    });
  }

  async close(): Promise<void> {}

  private takeUp(): void {
    while (this.free > 0 && this.waiting.length > 0) {
      const [call] = this.waiting.splice(this.random.integer(this.waiting.length), 1);
      this.free--;
      this.clock.after(this.random.integer(5), () => this.attempt(call!));
    }
  }

  private attempt(call: Call): void {
    if (call.options.signal?.aborted) {
      call.resolve(undefined);
      this.giveBack();
      return;
    }
    call.options.onStart?.();
    const { outcome } = call.behaviour;
    let durationMs = 1 + this.random.integer(100);
    if (this.happens('slow')) durationMs *= 4;
    let held = true;
    call.release = () => {
      if (held) this.giveBack();
      held = false;
    };
    const presumedLost = call.losses < MOST_LOSSES && this.happens('presumedLost');
    if (presumedLost || (call.losses < MOST_LOSSES && this.happens('lost'))) {
      call.losses++;
      const diesMs = this.random.integer(durationMs);
      this.report(call, diesMs, durationMs);
      this.clock.after(diesMs, () => this.lose(call));
      if (!presumedLost) return;
    }
    // One that never ends holds its worker until it is given up.
    if (outcome === 'hangs') return;
    this.report(call, durationMs, durationMs);
    const delayMs = this.happens('late') ? this.random.integer(60) : 0;
    this.clock.after(durationMs, () => call.release?.());
    this.clock.after(durationMs + delayMs, () => this.deliver(call, outcome, durationMs));
    if (this.happens('duplicated')) {
      this.clock.after(durationMs + delayMs + this.random.integer(100), () => {
        call.options.onStart?.();
        for (const point of call.behaviour.curve) call.options.onReport?.(...point);
        this.deliver(call, outcome, durationMs / 2);
      });
    }
  }

  /** Reports what comes before the end of an attempt that would have taken so long. */
  private report(call: Call, endMs: number, durationMs: number): void {
    const { curve } = call.behaviour;
    for (const [index, point] of curve.entries()) {
      const atMs = (durationMs * (index + 1)) / (curve.length + 1);
      if (atMs < endMs) this.clock.after(atMs, () => call.options.onReport?.(...point));
    }
  }

  private deliver(call: Call, outcome: FoldOutcome, durationMs: number): void {
    // The times of two attempts differ, which nothing may depend on.
    call.resolve(outcome.state === 'completed' ? { ...outcome, fitSeconds: durationMs / 1000 } : outcome);
  }

  private lose(call: Call): void {
    call.release?.();
    call.options.onLost?.();
    this.waiting.push(call);
    this.takeUp();
  }

  private giveUp(call: Call): void {
    const place = this.waiting.indexOf(call);
    if (place >= 0) {
      this.waiting.splice(place, 1);
      call.resolve(undefined);
      return;
    }
    if (call.behaviour.outcome !== 'hangs' && this.happens('tooLateToGiveUp')) return;
    this.clock.after(this.random.integer(20), () => {
      call.resolve(undefined);
      call.release?.();
    });
  }

  private giveBack(): void {
    this.free++;
    this.takeUp();
  }

  private happens(fault: Fault): boolean {
    if (this.random.uniform() >= this.rates[fault]) return false;
    this.onFault(fault);
    return true;
  }
}
