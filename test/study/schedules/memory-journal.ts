import type { JournalEvent } from '../../../src/journal/journal-event.js';
import { decodeJournal, JournalEncoder } from '../../../src/journal/journal-format.js';
import type { JournalStore } from '../../../src/journal/journal-store.js';
import type { Random } from '../../../src/random.js';
import type { VirtualClock } from './virtual-clock.js';

/** The real format on a slow disk that loses what it did not sync. */
export class MemoryJournal implements JournalStore {
  private readonly encoder: JournalEncoder;
  private readonly clock: VirtualClock;
  private readonly random: Random;
  private readonly slowestMs: number;
  private durable: string;
  private unsynced = '';
  private sync: Promise<void> | undefined;

  /** @param text what is in the file; a torn end is cut off. @param slowestMs of a sync. */
  constructor(text: string, clock: VirtualClock, random: Random, slowestMs: number) {
    const bytes = Buffer.from(text);
    const end = decodeJournal(bytes, 'memory', () => {});
    this.encoder = new JournalEncoder(end);
    this.durable = bytes.toString('utf8', 0, end.validBytes);
    this.clock = clock;
    this.random = random;
    this.slowestMs = slowestMs;
  }

  append(event: JournalEvent): Promise<void> {
    this.unsynced += this.encoder.encode(event, this.clock.nowMs);
    const previous = this.sync ?? Promise.resolve();
    const target = this.durable.length + this.unsynced.length;
    const delayMs = this.slowestMs * this.random.uniform();
    this.sync = previous.then(
      () => new Promise((resolve) => this.clock.after(delayMs, () => resolve(this.syncUpTo(target)))),
    );
    return this.sync;
  }

  private syncUpTo(length: number): void {
    const count = length - this.durable.length;
    this.durable += this.unsynced.slice(0, count);
    this.unsynced = this.unsynced.slice(count);
  }

  /** What a kill leaves of it: all that is durable, and of the rest anything from nothing to the whole. */
  killed(): string {
    return this.durable + this.unsynced.slice(0, this.random.integer(this.unsynced.length + 1));
  }

  get text(): string {
    return this.durable;
  }

  async close(): Promise<void> {}
}
