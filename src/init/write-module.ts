import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { UsageError } from '../errors.js';
import { writeNew } from './write-new.js';

/** A module with the name of its space file; `.mjs` is an ES module in every folder. */
export function moduleBeside(spaceFile: string): string {
  const extension = extname(spaceFile);
  return `${spaceFile.slice(0, spaceFile.length - extension.length)}.mjs`;
}

/** Writes both files, or none where one of them exists. @throws UsageError @throws StorageError */
export async function writeWithModule(file: string, text: string, module: string, code: string): Promise<void> {
  for (const path of [file, module]) {
    if (!existsSync(path)) continue;
    throw new UsageError(`${basename(path)} exists already; nothing was written`, {
      hint: 'rename or delete it, or name another space file with --out: the module has its name',
    });
  }
  await writeNew(module, code);
  try {
    await writeNew(file, text);
  } catch (error) {
    await rm(module, { force: true });
    throw error;
  }
}
