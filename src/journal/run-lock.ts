import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { StorageError } from '../errors.js';

interface LockHolder {
  readonly pid: number;
  /** Distinguishes a process from a later one with the same pid; empty where the system does not tell. */
  readonly started: string;
  readonly host: string;
}

/** The moment a process started, as the kernel counts it (Linux); empty elsewhere. */
function processStart(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything; field 22 is the 20th behind it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function isAlive(holder: LockHolder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const started = processStart(holder.pid);
  return started === '' || holder.started === '' || started === holder.started;
}

function readHolder(path: string): LockHolder | undefined {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8')) as Partial<LockHolder>;
    if (typeof holder.pid !== 'number' || typeof holder.host !== 'string') return undefined;
    return { pid: holder.pid, started: String(holder.started ?? ''), host: holder.host };
  } catch {
    return undefined;
  }
}

/**
 * Makes this process the only writer of a run folder.
 * A lock left behind by a process that no longer lives is taken over.
 * @returns releases the lock.
 * @throws StorageError naming the process that holds it, or why there can be no lock.
 */
export function acquireRunLock(folder: string): () => void {
  const path = join(folder, 'lock');
  const mine: LockHolder = { pid: process.pid, started: processStart(process.pid), host: hostname() };
  const own = `${path}.${process.pid}`;
  try {
    writeFileSync(own, JSON.stringify(mine));
    for (let attempt = 0; attempt < 10; attempt++) {
      if (tryCreate(path, own)) return () => rmSync(path, { force: true });
      const holder = readHolder(path);
      if (holder !== undefined && (holder.host !== mine.host || isAlive(holder))) throw lockedBy(holder, folder);
      takeAway(path, own, holder);
    }
  } catch (error) {
    if (error instanceof StorageError) throw error;
    throw new StorageError(`cannot lock the run folder: ${(error as Error).message}`, {
      cause: error,
      hint: 'Check that the folder can be written, or choose another with --out.',
    });
  } finally {
    rmSync(own, { force: true });
  }
  throw new StorageError(`the lock of the run changes hands without end (${path})`, {
    hint: 'Another process fights for the same run: stop it, then try again.',
  });
}

/** @returns false when the lock is there already. */
function tryCreate(path: string, own: string): boolean {
  try {
    // A hard link appears whole or not at all, and never replaces one that is there.
    linkSync(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
  }
  try {
    // Some file systems have no hard links.
    writeFileSync(path, readFileSync(own), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes a dead holder's lock; puts it back when it turns out to be somebody else's by now. */
function takeAway(path: string, own: string, holder: LockHolder | undefined): void {
  const aside = `${own}.stale`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const taken = readHolder(aside);
  if (taken !== undefined && JSON.stringify(taken) !== JSON.stringify(holder)) {
    try {
      linkSync(aside, path);
    } catch {
      // A third process was quicker; the next attempt sees its lock.
    }
  }
  rmSync(aside, { force: true });
}

function lockedBy(holder: LockHolder, folder: string): StorageError {
  const where = holder.host === hostname() ? '' : ` on ${holder.host}`;
  return new StorageError(`the run is being written by process ${holder.pid}${where} (${folder})`, {
    hint:
      where === ''
        ? 'Wait for it or stop it; `cml tune … --out DIR` runs beside it.'
        : `If that machine no longer runs it, delete ${join(folder, 'lock')}.`,
  });
}
