import type { JournalEvent } from '../journal/journal-event.js';
import type { FoldTask } from '../validation/fold-task.js';
import type { Reporter } from './reporter.js';
import type { StudyState } from './study-state.js';

/** All reporters of a study as one. One that throws hears no more, and what it threw is thrown when the study is over. */
export class Reporters {
  private listening: readonly Reporter[];
  private failure: { readonly error: unknown } | undefined;

  constructor(reporters: readonly Reporter[]) {
    this.listening = reporters;
  }

  onStart(state: StudyState, slots: number): void {
    for (const reporter of this.listening) this.guard(reporter, () => reporter.onStart?.(state, slots));
  }

  onEvent(event: JournalEvent, state: StudyState): void {
    for (const reporter of this.listening) this.guard(reporter, () => reporter.onEvent?.(event, state));
  }

  onSlot(slot: number, task: FoldTask | undefined): void {
    for (const reporter of this.listening) this.guard(reporter, () => reporter.onSlot?.(slot, task));
  }

  /** @throws the first thing that a reporter threw. */
  async onEnd(state: StudyState): Promise<void> {
    for (const reporter of this.listening) {
      try {
        await reporter.onEnd?.(state);
      } catch (error) {
        this.failure ??= { error };
      }
    }
    if (this.failure !== undefined) throw this.failure.error;
  }

  private guard(reporter: Reporter, call: () => void): void {
    try {
      call();
    } catch (error) {
      this.failure ??= { error };
      this.listening = this.listening.filter((other) => other !== reporter);
    }
  }
}
