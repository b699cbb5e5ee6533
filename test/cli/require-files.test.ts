import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requireRun } from '../../src/cli/require-run.js';
import { requireSpaceFile } from '../../src/cli/require-space-file.js';
import { SpaceFileError, StorageError, UsageError } from '../../src/errors.js';
import { hashCode } from '../../src/runs/hash-code.js';
import { findRun } from '../../src/runs/run-folder.js';
import { temporaryFolder } from '../end-to-end/cml.js';

const before = process.cwd();
beforeAll(() => {
  const folder = temporaryFolder();
  for (const file of ['churn.csv', 'my data.csv', 'churn.yaml', 'churn2.yml']) writeFileSync(join(folder, file), '');
  mkdirSync(join(folder, 'runs/churn'), { recursive: true });
  writeFileSync(join(folder, 'runs/churn/journal.jsonl'), '');
  process.chdir(folder);
});
afterAll(() => process.chdir(before));

test('data are no space file, and one that is not there may be another', () => {
  const attempt = (file: string) => () => requireSpaceFile(file);
  expect(attempt('churn.yaml')).not.toThrow();
  expect(attempt('churn.csv')).toThrow(SpaceFileError);
  expect(attempt('my data.csv')).toThrow(
    expect.objectContaining({ hint: expect.stringContaining('cml init "my data.csv"') }),
  );
  expect(attempt('churn')).toThrow('no such file: churn (did you mean churn.yaml?)');
  expect(attempt('chrun.yaml')).toThrow('(did you mean churn.yaml?)');
  // What is near nothing is reported by whoever reads it.
  expect(attempt('quite-other.yaml')).not.toThrow();
  expect(attempt('no/folder/churn.yaml')).not.toThrow();
});

test('a run is meant by its space file, and by a name that is nearly right', () => {
  const attempt = (run: string) => () => requireRun(run);
  for (const run of ['churn', 'runs/churn', 'quite-other']) expect(attempt(run)).not.toThrow();
  expect(attempt('churn.yaml')).toThrow(UsageError);
  expect(attempt('churn.yaml')).toThrow('churn.yaml is not a run (did you mean churn?)');
  expect(attempt('chrn')).toThrow('chrn is neither a run nor the name of one (did you mean churn?)');
});

// Modes say nothing to root: a link to itself and a folder are what nobody can read.
test('a run folder that cannot be looked into is an error of storage, what is not there one of usage', () => {
  symlinkSync('loop', 'loop');
  expect(() => findRun('loop')).toThrow(StorageError);
  expect(() => findRun('loop')).toThrow(/^cannot look into .*loop: ELOOP/);
  expect(() => findRun('churn.yaml')).toThrow(UsageError);
});

test('a module that cannot be read is named', async () => {
  const model = { name: 'mine', code: { kind: 'module', file: process.cwd() } } as const;
  const refused = hashCode([model as Parameters<typeof hashCode>[0][number]]);
  await expect(refused).rejects.toThrow(SpaceFileError);
  await expect(refused).rejects.toThrow(/^models\.mine\.module: .* cannot be read: EISDIR/);
});
