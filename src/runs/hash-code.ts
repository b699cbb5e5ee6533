import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { spaceFileError } from '../errors.js';
import type { ModelSpec } from '../validation/plan-spec.js';
import type { UserCode } from '../validation/user-code.js';

/**
 * What the user's code of each model is: SHA-256 (hex) of a module's file, or of a command and the files that it names.
 * What those import is not looked at. Families of built-in trainers are left out.
 * @throws SpaceFileError for a module that cannot be read.
 */
export async function hashCode(models: readonly ModelSpec[]): Promise<Readonly<Record<string, string>>> {
  const hashes: Record<string, string> = {};
  for (const { name, code } of models) if (code !== undefined) hashes[name] = await hashOf(name, code);
  return hashes;
}

async function hashOf(model: string, code: UserCode): Promise<string> {
  const hash = createHash('sha256').update(code.kind);
  if (code.kind === 'module') return hash.update(await readModule(model, code.file)).digest('hex');
  hash.update(JSON.stringify(code.argv));
  for (const element of code.argv) {
    const content = await readFile(resolve(code.directory, element)).catch(() => undefined);
    if (content !== undefined) hash.update(content);
  }
  return hash.digest('hex');
}

async function readModule(model: string, file: string): Promise<Buffer> {
  return await readFile(file).catch((error: NodeJS.ErrnoException) => {
    const unreadable = error.code === 'EACCES' || error.code === 'EPERM';
    const message = unreadable ? 'may not be read; check its permissions' : `cannot be read: ${error.message}`;
    throw spaceFileError('the space file', [{ path: `models.${model}.module`, message: `${file} ${message}` }]);
  });
}
