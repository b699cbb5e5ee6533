import { open, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { StorageError, UsageError } from '../errors.js';

/** Writes a file that does not exist yet; nothing stays of one that cannot be written to its end. @throws UsageError where it does. @throws StorageError */
export async function writeNew(file: string, text: string): Promise<void> {
  try {
    const handle = await open(file, 'wx');
    try {
      await handle.writeFile(text).finally(() => handle.close());
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') {
      throw new UsageError(`${basename(file)} exists already; nothing was written`, {
        hint: 'rename or delete it, or name another file with --out',
      });
    }
    throw new StorageError(`cannot write ${file}: ${message}`, {
      cause: error,
      hint: 'name a file in a folder that can be written with --out',
    });
  }
}
