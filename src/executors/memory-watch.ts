import { formatBytes } from '../format-bytes.js';
import { type ProcessSet, residentBytes } from './resident-memory.js';

const POLL_MS = 150;

/** A set of processes with a limit of memory. */
export interface Watched extends ProcessSet {
  /** It takes more than the limit. */
  overMemory(bytes: number): void;
}

/** Looks at the resident memory of workers again and again. */
export class MemoryWatch {
  private readonly limitBytes: number;
  private readonly watched: () => readonly Watched[];
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  /** @param watched those that live now. */
  constructor(limitBytes: number, watched: () => readonly Watched[]) {
    this.limitBytes = limitBytes;
    this.watched = watched;
    this.schedule();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  private schedule(): void {
    if (this.closed) return;
    this.timer = setTimeout(() => void this.look(), POLL_MS);
    this.timer.unref();
  }

  private async look(): Promise<void> {
    const sets = this.watched();
    // Where the system cannot tell, the limit of the heap is all there is.
    const sizes = await residentBytes(sets).catch(() => []);
    for (const [i, bytes] of sizes.entries()) if (bytes > this.limitBytes) sets[i]!.overMemory(bytes);
    this.schedule();
  }
}

/** @param limitBytes as budget.memory says it. */
export function overMemoryReason(bytes: number, limitBytes: number): string {
  return `${formatBytes(bytes)} resident, over ${formatBytes(limitBytes, '')} (budget.memory)`;
}
