import type { JournalEvent } from '../journal/journal-event.js';
import type { FoldTask } from '../validation/fold-task.js';
import type { StudyState } from './study-state.js';

/** Watches a study. Nothing a reporter does changes it. */
export interface Reporter {
  /** The study began or was resumed; the state holds what was replayed. */
  onStart?(state: StudyState, slots: number): void;
  /** An event became durable and was applied. */
  onEvent?(event: JournalEvent, state: StudyState): void;
  /** A slot (0 … slots - 1) took up a task, or fell idle. */
  onSlot?(slot: number, task: FoldTask | undefined): void;
  /** The study ended, for whatever reason, a failure included. */
  onEnd?(state: StudyState): Promise<void>;
}
