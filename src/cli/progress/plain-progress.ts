import type { StudyState } from '../../study/study-state.js';
import type { FoldTask } from '../../validation/fold-task.js';
import { counted } from '../counted.js';
import { readableDuration } from '../readable-duration.js';
import type { ProgressDisplay } from './progress-display.js';
import { formatSnapshot, StudyProgress } from './study-progress.js';
import { Utilisation } from './utilisation.js';

export interface PlainProgressOptions {
  readonly write: (text: string) => void;
  /** Default 10 s. */
  readonly intervalMs?: number;
  readonly now?: () => number;
}

/** Progress for logs and pipes: a line at the start, one every interval, one at the end. */
export class PlainProgress implements ProgressDisplay {
  private readonly write: (text: string) => void;
  private readonly intervalMs: number;
  private readonly now: () => number;
  private timer: NodeJS.Timeout | undefined;
  private startMs = 0;
  private utilisation: Utilisation | undefined;

  constructor(options: PlainProgressOptions) {
    this.write = options.write;
    this.intervalMs = options.intervalMs ?? 10_000;
    this.now = options.now ?? (() => performance.now());
  }

  onStart(state: StudyState, slots: number): void {
    const { name, planned, foldCount } = state.settings;
    this.startMs = this.now();
    this.utilisation = new Utilisation(slots, this.startMs);
    const progress = new StudyProgress(state, this.startMs);
    const trials = planned === undefined ? 'trials until the space is exhausted' : counted(planned, 'trial');
    this.note(`${name}: ${trials} x ${counted(foldCount, 'fold')} on ${counted(slots, 'worker')}`);
    if (state.trials.length > 0) this.note(`resumed at ${formatSnapshot(progress.snapshot(this.startMs))}`);
    this.timer = setInterval(() => this.note(formatSnapshot(progress.snapshot(this.now()))), this.intervalMs);
    this.timer.unref();
  }

  onSlot(slot: number, task: FoldTask | undefined): void {
    this.utilisation?.onSlot(slot, task, this.now());
  }

  async onEnd(state: StudyState): Promise<void> {
    this.stop();
    const snapshot = new StudyProgress(state, this.startMs).snapshot(this.now());
    const took = `took ${readableDuration(this.now() - this.startMs)}`;
    const busy = this.utilisation?.text(this.now());
    this.note([formatSnapshot(snapshot), took, ...(busy ? [busy] : [])].join(' · '));
  }

  note(text: string): void {
    this.write(`${text}\n`);
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
