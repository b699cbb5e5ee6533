import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

export interface SourceFile {
  /** Relative to the root, `/` between folders. */
  readonly path: string;
  /** Files of the project it imports. */
  readonly local: readonly string[];
  /** Packages it imports. */
  readonly packages: readonly string[];
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*'([^']+)'|import\(\s*'([^']+)'\s*\)|(?:^|\n)import\s*'([^']+)'/g;

/** The TypeScript files below a folder and what each imports, types and dynamic imports included. */
export function readSources(folder: string): SourceFile[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => readSource(join(ROOT, folder, name)));
}

function readSource(file: string): SourceFile {
  const specifiers = [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(
    (found) => (found[1] ?? found[2] ?? found[3])!,
  );
  const local = specifiers
    .filter((name) => name.startsWith('.'))
    .map((name) => relative(ROOT, resolve(dirname(file), name)).replace(/\.js$/, '.ts'));
  const packages = specifiers.filter((name) => !name.startsWith('.') && !name.startsWith('node:'));
  return { path: relative(ROOT, file), local, packages };
}
