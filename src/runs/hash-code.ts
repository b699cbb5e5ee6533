import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ModelSpec } from '../validation/plan-spec.js';
import type { UserCode } from '../validation/user-code.js';

/**
 * What the user's code of each model is: SHA-256 (hex) of a module's file, or of a command and the files that it names.
 * What those import is not looked at. Families of built-in trainers are left out.
 */
export async function hashCode(models: readonly ModelSpec[]): Promise<Readonly<Record<string, string>>> {
  const hashes: Record<string, string> = {};
  for (const { name, code } of models) if (code !== undefined) hashes[name] = await hashOf(code);
  return hashes;
}

async function hashOf(code: UserCode): Promise<string> {
  const hash = createHash('sha256').update(code.kind);
  if (code.kind === 'module') return hash.update(await readFile(code.file)).digest('hex');
  hash.update(JSON.stringify(code.argv));
  for (const element of code.argv) {
    const content = await readFile(resolve(code.directory, element)).catch(() => undefined);
    if (content !== undefined) hash.update(content);
  }
  return hash.digest('hex');
}
