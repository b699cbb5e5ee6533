import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface CompiledFolder {
  readonly path: string;
  /** The compiled file of an entry. */
  file(entry: string): string;
  remove(): void;
}

/** Compiles entries as the build does, so that processes can run what the sources say now. @param entries from the root. */
export async function compile(entries: readonly string[]): Promise<CompiledFolder> {
  const path = mkdtempSync(join(tmpdir(), 'cml-compiled-'));
  symlinkSync(join(ROOT, 'node_modules'), join(path, 'node_modules'));
  const input = Object.fromEntries(entries.map((entry) => [nameOf(entry), join(ROOT, entry)]));
  const build = await rolldown({ input, platform: 'node', external: /^[^./]/, logLevel: 'silent' });
  await build.write({ dir: join(path, 'dist'), entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' });
  return {
    path,
    file: (entry) => join(path, 'dist', `${nameOf(entry)}.mjs`),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

function nameOf(entry: string): string {
  return basename(entry).replace(/\.[jt]s$/, '');
}
