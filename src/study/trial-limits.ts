import type { FoldOutcome } from '../trial.js';

export interface TimeLimits {
  /** The summed run time of one trial's folds. */
  readonly trialMs?: number;
  readonly foldMs?: number;
}

interface TimedFold {
  readonly fold: number;
  readonly startedMs: number;
  readonly controller: AbortController;
}

/** Watches the run time of the folds of one trial and aborts those that are over it. Queueing does not count. */
export class TrialClock {
  private readonly limits: TimeLimits;
  private spentMs: number;
  private readonly running = new Map<number, TimedFold>();
  private timer: NodeJS.Timeout | undefined;
  private readonly expired = new Map<number, FoldOutcome>();
  private readonly ended = new Set<number>();

  constructor(limits: TimeLimits, spentMs: number) {
    this.limits = limits;
    this.spentMs = spentMs;
  }

  /** A worker has taken up a fold. */
  start(fold: number, controller: AbortController): void {
    if (controller.signal.aborted || this.ended.has(fold)) return;
    this.running.set(fold, { fold, startedMs: performance.now(), controller });
    this.schedule();
  }

  /** Its worker is gone: until another one takes the fold up it does not run, and what it ran for counts for nothing. */
  lose(fold: number): void {
    if (this.running.delete(fold)) this.schedule();
  }

  /** @returns the outcome to record when this fold was ended by a limit. */
  end(fold: number): FoldOutcome | undefined {
    this.ended.add(fold);
    const entry = this.running.get(fold);
    if (entry !== undefined) this.spentMs += performance.now() - entry.startedMs;
    this.running.delete(fold);
    this.schedule();
    return this.expired.get(fold);
  }

  private schedule(): void {
    clearTimeout(this.timer);
    if (this.running.size === 0) return;
    let waitMs = Number.POSITIVE_INFINITY;
    if (this.limits.trialMs !== undefined) {
      waitMs = (this.limits.trialMs - this.totalMs()) / this.running.size;
    }
    if (this.limits.foldMs !== undefined) {
      for (const { startedMs } of this.running.values()) {
        waitMs = Math.min(waitMs, startedMs + this.limits.foldMs - performance.now());
      }
    }
    // Longer waits than setTimeout can hold are simply looked at again.
    if (waitMs < Number.POSITIVE_INFINITY)
      this.timer = setTimeout(() => this.check(), Math.min(Math.max(waitMs, 0), 2 ** 30));
  }

  private totalMs(): number {
    let total = this.spentMs;
    for (const { startedMs } of this.running.values()) total += performance.now() - startedMs;
    return total;
  }

  private check(): void {
    const { trialMs, foldMs } = this.limits;
    const trialOver = trialMs !== undefined && this.totalMs() >= trialMs;
    for (const { fold, startedMs, controller } of [...this.running.values()]) {
      const ranMs = performance.now() - startedMs;
      const foldOver = foldMs !== undefined && ranMs >= foldMs;
      if (!trialOver && !foldOver) continue;
      // How long its worker takes to go is watched no more.
      this.spentMs += ranMs;
      this.running.delete(fold);
      const reason = trialOver
        ? `over ${formatDuration(trialMs)} (budget.trial)`
        : `over ${formatDuration(foldMs!)} (budget.fold)`;
      this.expired.set(fold, { state: 'timed-out', reason });
      controller.abort();
    }
    this.schedule();
  }
}

/** `90s`, `2m`, `1h30m`, `250ms`: as durations stand in a space file. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000 || milliseconds % 1000 !== 0)
    return milliseconds < 1000 ? `${milliseconds}ms` : `${milliseconds / 1000}s`;
  const seconds = milliseconds / 1000;
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ] as const;
  return parts.map(([amount, unit]) => (amount > 0 ? `${amount}${unit}` : '')).join('') || '0s';
}
