import type { JournalStore } from './journal-store.js';

/** Keeps nothing: for a study that lives and dies with its process, where every event counts at once. */
export class VolatileJournal implements JournalStore {
  async append(): Promise<void> {}

  async close(): Promise<void> {}
}
