import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** More of one stream is not kept: a runaway loop must not fill the disk. */
const MOST_BYTES = 10 * 2 ** 20;
const CUT_NOTE = '\n[more than 10 MiB: the rest is not kept]\n';
const TAIL_LINES = 20;
const TAIL_CHARACTERS = 4000;

/** What a user's code prints on one stream: kept in a file that appears with the first byte, its end in memory. */
export class OutputLog {
  private readonly file: string | undefined;
  private descriptor: number | undefined;
  private bytes = 0;
  private tail = '';
  private readonly decoder = new TextDecoder();

  /** @param file undefined: only the end is kept. */
  constructor(file: string | undefined) {
    this.file = file;
  }

  write(chunk: Uint8Array): void {
    this.tail = (this.tail + this.decoder.decode(chunk, { stream: true })).slice(-TAIL_CHARACTERS);
    if (this.file === undefined || this.bytes > MOST_BYTES) return;
    this.bytes += chunk.length;
    try {
      this.descriptor ??= open(this.file);
      writeSync(this.descriptor, chunk);
      if (this.bytes > MOST_BYTES) writeSync(this.descriptor, CUT_NOTE);
    } catch {
      // A log that cannot be written (a full disk) must not fail the trial.
      this.bytes = Number.POSITIVE_INFINITY;
    }
  }

  /** The last lines, without blank ones around them. */
  get lastLines(): string {
    return this.tail.trim().split('\n').slice(-TAIL_LINES).join('\n');
  }

  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
  }
}

function open(file: string): number {
  mkdirSync(dirname(file), { recursive: true });
  // A fold that is run again, after a kill, begins anew.
  return openSync(file, 'w');
}
