import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StorageError } from '../errors.js';

export const PLAN_EXTENSION = '.cmlplan';
/** Of files that are being written. */
export const UNFINISHED_EXTENSION = '.unfinished';
/** What was not finished after that time never will be. */
const ABANDONED_MS = 3_600_000;

export const DEFAULT_CACHE_BOUND_BYTES = 2 * 2 ** 30;

/** One file of the cache. */
export interface CacheEntry {
  /** Hash of the plan. */
  readonly name: string;
  readonly file: string;
  readonly bytes: number;
  /** When a study last began to read it. */
  readonly lastUsed: Date;
}

/** What the cache holds, the last used first; nothing where there is no such folder. @throws StorageError */
export function listCache(folder: string): readonly CacheEntry[] {
  return filesIn(folder, PLAN_EXTENSION).sort(
    (a, b) => b.lastUsed.getTime() - a.lastUsed.getTime() || (a.name < b.name ? -1 : 1),
  );
}

/**
 * Deletes all of the cache. Studies that run write anew what they still need.
 * @returns what was deleted. @throws StorageError
 */
export function clearCache(folder: string): readonly CacheEntry[] {
  const entries = [...listCache(folder)];
  for (const { file } of [...entries, ...filesIn(folder, UNFINISHED_EXTENSION)]) remove(file);
  return entries;
}

/**
 * Deletes what was not used for longest until the rest is within the bound.
 * @param keep files that stay whatever they take. @returns what was deleted. @throws StorageError
 */
export function boundCache(folder: string, boundBytes: number, keep: readonly string[] = []): readonly CacheEntry[] {
  const now = Date.now();
  for (const { file, lastUsed } of filesIn(folder, UNFINISHED_EXTENSION)) {
    if (now - lastUsed.getTime() > ABANDONED_MS) remove(file);
  }
  const entries = listCache(folder);
  let bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  const deleted: CacheEntry[] = [];
  for (const entry of entries.toReversed()) {
    if (bytes <= boundBytes) break;
    if (keep.includes(entry.file)) continue;
    remove(entry.file);
    bytes -= entry.bytes;
    deleted.push(entry);
  }
  return deleted;
}

function filesIn(folder: string, extension: string): CacheEntry[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw storageError('read', folder, error);
  }
  return names
    .filter((name) => name.endsWith(extension))
    .flatMap((name) => {
      const file = join(folder, name);
      // Another process may have deleted it meanwhile.
      const status = statSync(file, { throwIfNoEntry: false });
      if (status === undefined) return [];
      return [{ name: name.slice(0, -extension.length), file, bytes: status.size, lastUsed: status.mtime }];
    });
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch (error) {
    throw storageError('delete', file, error);
  }
}

function storageError(verb: string, path: string, error: unknown): StorageError {
  return new StorageError(`cannot ${verb} ${path} of the cache: ${(error as Error).message}`, {
    hint: 'Another folder can be named with the environment variable CML_CACHE.',
    cause: error,
  });
}
