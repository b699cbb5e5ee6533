import type { FoldTask } from '../../validation/fold-task.js';

/** How busy the workers of a study were: the share of their time in which they had something to run. */
export class Utilisation {
  private readonly startMs: number;
  private readonly slots: number;
  /** When each slot took up what it runs. */
  private readonly since: (number | undefined)[] = [];
  private busyMs = 0;

  constructor(slots: number, nowMs: number) {
    this.slots = slots;
    this.startMs = nowMs;
  }

  onSlot(slot: number, task: FoldTask | undefined, nowMs: number): void {
    const since = this.since[slot];
    if (since !== undefined) this.busyMs += nowMs - since;
    this.since[slot] = task === undefined ? undefined : nowMs;
  }

  /** `workers 93 % busy`; empty for a study that ran nothing. */
  text(nowMs: number): string {
    const running = this.since.reduce<number>((sum, since) => sum + (since === undefined ? 0 : nowMs - since), 0);
    const share = (this.busyMs + running) / (this.slots * (nowMs - this.startMs));
    if (!(share > 0)) return '';
    return `${this.slots === 1 ? 'worker' : `${this.slots} workers`} ${Math.round(100 * Math.min(1, share))} % busy`;
  }
}
