import { type FileHandle, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { performance } from 'node:perf_hooks';
import { StorageError } from '../errors.js';
import type { JournalEvent } from './journal-event.js';
import { decodeJournal, JournalEncoder, type JournalEnd } from './journal-format.js';
import type { JournalStore } from './journal-store.js';

/** Reads a journal without touching it; a torn end is left out. @throws StorageError */
export async function readJournal(file: string, visit: (event: JournalEvent) => void): Promise<JournalEnd> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw storageError('cannot read the journal', file, error);
  });
  return decodeJournal(bytes, file, visit);
}

/** The journal as a file of JSON lines. Whoever opens it holds the run's lock. */
export class FileJournal implements JournalStore {
  private readonly handle: FileHandle;
  private readonly file: string;
  private readonly encoder: JournalEncoder;
  /** `performance.now()` at which the study's running time was 0. */
  private readonly origin: number;
  private pending: string[] = [];
  private currentWrite: Promise<void> | undefined;
  private nextWrite: Promise<void> | undefined;
  private failure: StorageError | undefined;

  private constructor(handle: FileHandle, file: string, end: JournalEnd) {
    this.handle = handle;
    this.file = file;
    this.encoder = new JournalEncoder(end);
    this.origin = performance.now() - end.elapsedMs;
  }

  /**
   * Opens a journal for appending behind what was read of it, cutting off a torn end; creates it where there is none.
   * @param end what `readJournal` gave; EMPTY_JOURNAL for a new one.
   * @throws StorageError
   */
  static async open(file: string, end: JournalEnd): Promise<FileJournal> {
    try {
      const handle = await open(file, 'a');
      if ((await handle.stat()).size > end.validBytes) await handle.truncate(end.validBytes);
      if (end.lines === 0) await syncFolder(dirname(file));
      return new FileJournal(handle, file, end);
    } catch (error) {
      throw storageError('cannot open the journal for writing', file, error);
    }
  }

  /** Milliseconds the study has been running, in this process and those before. */
  get elapsedMs(): number {
    return performance.now() - this.origin;
  }

  append(event: JournalEvent): Promise<void> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    this.pending.push(this.encoder.encode(event, this.elapsedMs));
    this.nextWrite ??= this.writePending(this.currentWrite);
    return this.nextWrite;
  }

  /** Everything appended while one write is under way goes out with the next: one fdatasync for all of it. */
  private async writePending(previous: Promise<void> | undefined): Promise<void> {
    await previous;
    this.currentWrite = this.nextWrite;
    this.nextWrite = undefined;
    const lines = this.pending.join('');
    this.pending = [];
    try {
      await this.handle.appendFile(lines);
      await this.handle.datasync();
    } catch (error) {
      // A half-written line is cut off at the next opening; nothing may follow it.
      this.failure = storageError('cannot write the journal', this.file, error);
      throw this.failure;
    }
  }

  async close(): Promise<void> {
    try {
      await (this.nextWrite ?? this.currentWrite);
    } finally {
      await this.handle.close();
    }
  }
}

/** A new file is only safe when its folder is written too. */
async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open folders, and does not need this.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function storageError(what: string, file: string, error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  const code = (error as NodeJS.ErrnoException).code;
  const hints: Record<string, string> = {
    ENOSPC: 'The disk is full: free some space, then run `cml resume`. What was written before is safe.',
    EACCES: 'Check the permissions of the folder, or choose another with --out.',
    EROFS: 'The file system is read-only: choose another folder with --out.',
    ENOENT: 'Check the name of the run; `cml tune` starts one.',
  };
  return new StorageError(`${what}: ${(error as Error).message} (${file})`, {
    cause: error,
    hint: code === undefined ? undefined : hints[code],
  });
}
