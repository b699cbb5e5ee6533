import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { StorageError } from '../../src/errors.js';
import { writeWithModule } from '../../src/init/write-module.js';
import { temporaryFolder } from '../end-to-end/cml.js';

test('nothing stays where the second file cannot be written', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'sub'));
  const file = join(folder, 'missing', 'space.yaml');
  await expect(writeWithModule(file, 'text', join(folder, 'sub', 'space.mjs'), 'code')).rejects.toThrow(StorageError);
  expect(readdirSync(join(folder, 'sub'))).toEqual([]);
});

test('what exists stays', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'space.yaml');
  writeFileSync(file, 'mine');
  await expect(writeWithModule(file, 'text', join(folder, 'space.mjs'), 'code')).rejects.toThrow(/exists already/);
  expect(existsSync(join(folder, 'space.mjs'))).toBe(false);
});
