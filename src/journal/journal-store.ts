import type { JournalEvent } from './journal-event.js';

/** Where events are kept: append-only, one writer, any number of readers. */
export interface JournalStore {
  /**
   * @returns when the event is durable; events become durable in the order of the calls.
   * @throws StorageError when it cannot be written.
   */
  append(event: JournalEvent): Promise<void>;
  /** Ends after everything appended is durable. */
  close(): Promise<void>;
}
