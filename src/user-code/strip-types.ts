import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

interface Transformer {
  transformSync(source: string, options: { readonly mode: 'strip-only'; readonly filename: string }): { code: string };
}

interface Loaded {
  readonly format: string;
  readonly source: string;
  readonly shortCircuit: true;
}

interface Refusal {
  readonly message: string;
  /** From 1. */
  readonly startLine: number;
}

/** What to write in place of a construct that is more than types. */
const HINTS: readonly (readonly [construct: string, hint: string])[] = [
  ['enum', 'write a union of texts or a const object'],
  ['parameter property', 'declare the field and assign it in the constructor'],
  ['namespace', 'write a module of its own'],
];

const transformer = createRequire(import.meta.url)('@swc/wasm-typescript') as Transformer;

/**
 * A module hook (`module.register`) that erases types where Node cannot; what cannot be erased is a
 * syntax error.
 */
export async function load(
  url: string,
  context: { readonly format?: string | null },
  next: (url: string, context: object) => Promise<unknown>,
): Promise<unknown> {
  const [path = ''] = url.split(/[?#]/, 1);
  if (!path.startsWith('file:') || !/\.[mc]?ts$/.test(path)) return await next(url, context);
  const filename = fileURLToPath(path);
  const source = await readFile(filename, 'utf8');
  const { code } = erase(source, filename);
  const loaded: Loaded = { format: path.endsWith('.cts') ? 'commonjs' : 'module', source: code, shortCircuit: true };
  return loaded;
}

function erase(source: string, filename: string): { readonly code: string } {
  try {
    return transformer.transformSync(source, { mode: 'strip-only', filename });
  } catch (thrown) {
    // It throws plain objects.
    const { message = String(thrown), startLine } = thrown as Partial<Refusal>;
    const line = startLine === undefined ? '' : ` (line ${startLine}: ${source.split('\n')[startLine - 1]?.trim()})`;
    throw new SyntaxError(`${message}${hintFor(message)}${line}`);
  }
}

function hintFor(message: string): string {
  const [, hint = ''] = HINTS.find(([construct]) => message.includes(construct)) ?? [];
  return hint === '' ? '' : `; ${hint}`;
}
