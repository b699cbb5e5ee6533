import { vi } from 'vitest';

interface Timer {
  readonly atMs: number;
  readonly call: () => void;
}

/** Time that passes only when nothing else is left to do, so that a schedule is the same on every machine. */
export class VirtualClock {
  nowMs = 0;
  private timers = new Set<Timer>();

  /** Puts itself in the place of the timers and of `performance`, until `vi.unstubAllGlobals()`. */
  install(): void {
    vi.stubGlobal('setTimeout', (call: () => void, delayMs: number) => this.after(delayMs, call));
    vi.stubGlobal('clearTimeout', (timer: Timer | undefined) => timer !== undefined && this.timers.delete(timer));
    vi.stubGlobal('performance', { now: () => this.nowMs });
  }

  /** In whole milliseconds, one at least, as Node's timers do. */
  after(delayMs: number, call: () => void): Timer {
    const timer = { atMs: this.nowMs + Math.max(1, Math.ceil(delayMs)), call };
    this.timers.add(timer);
    return timer;
  }

  /** Nothing that was to happen will happen: the end of a process. */
  forgetAll(): void {
    this.timers.clear();
  }

  /**
   * Lets time pass until the work is over.
   * @returns false when it was not by then, with everything at rest.
   * @throws what the work throws, and when nothing is left that could bring it to its end.
   */
  async passUntil(work: Promise<void>, endMs: number): Promise<boolean> {
    let over = false;
    const finish = () => {
      over = true;
    };
    work.then(finish, finish);
    for (;;) {
      // Whatever follows from the last event, in however many turns.
      await new Promise((resolve) => setImmediate(resolve));
      if (over) {
        await work;
        return true;
      }
      const next = this.next();
      if (next === undefined) throw new Error(`the study hangs at ${this.nowMs} ms`);
      if (next.atMs > endMs) {
        this.nowMs = endMs;
        return false;
      }
      this.timers.delete(next);
      this.nowMs = next.atMs;
      next.call();
    }
  }

  private next(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.timers) if (first === undefined || timer.atMs < first.atMs) first = timer;
    return first;
  }
}
