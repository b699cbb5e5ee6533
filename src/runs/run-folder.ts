import { existsSync, statSync } from 'node:fs';
import { mkdir, readdir, rename, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { StorageError, UsageError } from '../errors.js';
import { acquireRunLock } from '../journal/run-lock.js';

/** Where runs live, below the folder in which the command runs. */
export const RUNS_FOLDER = 'runs';

/** What a run writes. */
const RUN_FILES = /^(journal\.jsonl|trials|folds|lock(\..*)?|leaderboard\.(csv|json)(\.tmp)?)$/;

export function journalFile(folder: string): string {
  return join(folder, 'journal.jsonl');
}

export function holdsRun(folder: string): boolean {
  return existsSync(journalFile(folder));
}

/** @returns absolute path. @throws UsageError for an empty name. */
export function resolveRunFolder(name: string): string {
  if (name === '') throw new UsageError('the run folder must have a name', { hint: 'Give one with --out.' });
  return resolve(name);
}

/**
 * The folder of a run that exists, given as its path or its name.
 * @throws UsageError where there is none. @throws StorageError where that cannot be seen.
 */
export function findRun(run: string): string {
  const candidates = [resolve(run), resolve(RUNS_FOLDER, run)];
  const found = candidates.find(holdsRun);
  if (found !== undefined) return found;
  for (const candidate of candidates) requireVisible(candidate);
  throw new UsageError(`no run at ${candidates.join(' or ')}`, {
    hint: 'Give the folder of a run, or its name under runs/. `cml tune <space file>` starts one.',
  });
}

/** A folder that may not be looked into is not one without a run. */
function requireVisible(folder: string): void {
  try {
    statSync(journalFile(folder));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return;
    throw new StorageError(`cannot look into ${folder}: ${message}`, { cause: error, hint: 'check its permissions' });
  }
}

/** A run folder of which this process is the only writer. */
export class LockedFolder {
  readonly path: string;
  private unlock: () => void;

  private constructor(path: string, unlock: () => void) {
    this.path = path;
    this.unlock = unlock;
  }

  /**
   * Creates the folder where it does not exist.
   * @throws StorageError when another process writes it, or it has files that a run would replace.
   */
  static async open(path: string): Promise<LockedFolder> {
    await createFolder(path);
    if (!holdsRun(path)) refuseForeign(path);
    return new LockedFolder(path, acquireRunLock(path));
  }

  /**
   * Renames the folder to the first free `<path>.1`, `<path>.2` … and begins a new one.
   * @returns the new name.
   * @throws StorageError when it holds anything else but a run: that is not ours to move.
   */
  async setAside(): Promise<string> {
    const foreign = (await readdir(this.path)).filter((name) => !RUN_FILES.test(name));
    if (foreign.length > 0) {
      throw new StorageError(`the folder holds more than a run: ${foreign.slice(0, 5).join(', ')} (${this.path})`, {
        hint: 'Remove journal.jsonl and the leaderboard files yourself, or choose another folder with --out.',
      });
    }
    let number = 1;
    while (existsSync(`${this.path}.${number}`)) number++;
    const kept = `${this.path}.${number}`;
    this.unlock();
    await rename(this.path, kept);
    await createFolder(this.path);
    this.unlock = acquireRunLock(this.path);
    return kept;
  }

  close(): void {
    this.unlock();
  }
}

/** A leaderboard without a journal is not of a run. */
function refuseForeign(path: string): void {
  const foreign = ['leaderboard.csv', 'leaderboard.json'].find((name) => existsSync(join(path, name)));
  if (foreign === undefined) return;
  throw new StorageError(`${foreign} is there and is not of a run; it would be replaced (${path})`, {
    hint: 'Move it away, or choose another folder with --out.',
  });
}

/** Creates a folder and those above it, one by one: mkdir's own way of doing so never ends on some file systems (/proc). */
async function createFolder(path: string): Promise<void> {
  try {
    const missing: string[] = [];
    for (let folder = path; !existsSync(folder); folder = dirname(folder)) missing.push(folder);
    for (const folder of missing.reverse()) await mkdir(folder).catch(ignoreExisting);
    if (!(await stat(path)).isDirectory()) throw new Error(`${path} is a file`);
  } catch (error) {
    throw new StorageError(`cannot create the run folder: ${(error as Error).message}`, {
      cause: error,
      hint: 'Choose another folder with --out.',
    });
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

/** For a run that was killed before anything of it was written. */
export function neverBegan(folder: string): StorageError {
  return new StorageError(`the run was stopped before it began (${folder})`, { hint: 'Start it with `cml tune`.' });
}
