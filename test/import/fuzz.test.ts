import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { CmlError } from '../../src/errors.js';
import { importFile } from '../../src/import/import-file.js';
import { loadSpec } from '../../src/spec/load-spec.js';

const FIXTURES = resolve(import.meta.dirname, '../fixtures/import');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cml-import-fuzz-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const STRANGE = fc.oneof(
  fc.constantFrom<unknown>(null, {}, [], '', -1, 1e308, 'uniform(', '$\u007bx}', '{y}', 'a\nb: c', 'é#', '1e-5', true, [
    [],
  ]),
  fc.jsonValue({ maxDepth: 2 }),
);

/** The same data with the value under one of its paths replaced. */
function replaced(data: unknown, choice: number, value: unknown): unknown {
  if (typeof data !== 'object' || data === null) return value;
  const keys = Object.keys(data);
  const key = keys[choice % (keys.length + 1)];
  if (key === undefined) return value;
  const copy: Record<string, unknown> = Array.isArray(data) ? ([...data] as never) : { ...data };
  copy[key] = replaced(copy[key], Math.floor(choice / (keys.length + 1)), value);
  return copy;
}

let count = 0;

test.each([
  'wandb.yaml',
  'katib.yaml',
  'nni.yaml',
  'nni-space.json',
  'optuna.json',
  'optuna-trials.json',
  'orion.yaml',
  'orion-asha.yaml',
])('%s with strange values in it becomes a space file, or is refused', async (file) => {
  const data: unknown = parse(readFileSync(join(FIXTURES, file), 'utf8'));
  await fc.assert(
    fc.asyncProperty(fc.nat(1e6), STRANGE, async (choice, value) => {
      const number = ++count;
      const source = join(folder, `${number}.json`);
      const out = join(folder, `${number}.yaml`);
      writeFileSync(source, JSON.stringify(replaced(data, choice, value)));
      const imported = await importFile({ file: source, directory: folder, out }).catch((error: unknown) => {
        // Anything else is a bug.
        expect(error).toBeInstanceOf(CmlError);
      });
      if (imported === undefined) return;
      if (!imported.notes.some((note) => note.message.startsWith('to mend'))) await loadSpec(out);
    }),
    { numRuns: 60 },
  );
});
