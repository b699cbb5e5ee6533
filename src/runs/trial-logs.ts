import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageError } from '../errors.js';

/** A stream of a task's output. */
export type OutputStream = 'stdout' | 'stderr';

/** What the task of one fold (or repeat) printed. */
export interface FoldLogs {
  /** Counted from 1. */
  readonly fold: number;
  /** Undefined where it printed nothing there. */
  readonly stdout?: Buffer;
  /** Undefined where it printed nothing there. */
  readonly stderr?: Buffer;
}

const LOG_NAME = /^(stdout|stderr)-([1-9]\d*)\.log$/;

/**
 * The logs of a trial by fold, also while it runs; folds that printed nothing are left out.
 * @param folder of the run. @throws StorageError
 */
export async function readTrialLogs(
  folder: string,
  trial: number,
  streams: readonly OutputStream[],
): Promise<readonly FoldLogs[]> {
  const trialFolder = join(folder, 'trials', String(trial));
  const folds = new Map<number, FoldLogs>();
  for (const name of await namesIn(trialFolder)) {
    const [, stream, number] = LOG_NAME.exec(name) ?? [];
    const wanted = streams.find((candidate) => candidate === stream);
    if (wanted === undefined) continue;
    const fold = Number(number);
    const file = join(trialFolder, name);
    const bytes = await readFile(file).catch((error: Error) => {
      throw new StorageError(`cannot read ${file}: ${error.message}`, { cause: error });
    });
    if (bytes.length > 0) folds.set(fold, { ...folds.get(fold), fold, [wanted]: bytes });
  }
  return [...folds.values()].sort((a, b) => a.fold - b.fold);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new StorageError(`cannot read ${folder}: ${(error as Error).message}`, { cause: error });
  }
}
