import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { boundCache, clearCache, listCache } from '../../src/cache/cache-entries.js';
import { defaultCacheFolder } from '../../src/cache/cache-folder.js';
import { StorageError } from '../../src/errors.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cml-cache-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(name: string, bytes: number, ageHours: number): string {
  const file = join(folder, name);
  writeFileSync(file, Buffer.alloc(bytes));
  const date = new Date(Date.now() - ageHours * 3_600_000);
  utimesSync(file, date, date);
  return file;
}

describe('the cache', () => {
  test('lists its files, the last used first, and no others', () => {
    put('old.cmlplan', 100, 50);
    put('new.cmlplan', 200, 1);
    put('notes.txt', 300, 1);
    put('x.cmlplan.1.unfinished', 300, 0);
    const entries = listCache(folder);
    expect(entries.map(({ name, bytes }) => [name, bytes])).toEqual([
      ['new', 200],
      ['old', 100],
    ]);
    const [hoursOfNew, hoursOfOld] = entries.map(({ lastUsed }) => (Date.now() - lastUsed.getTime()) / 3_600_000);
    expect([hoursOfNew, hoursOfOld]).toEqual([expect.closeTo(1, 1), expect.closeTo(50, 1)]);
  });

  test('is bounded by deleting what was not used for longest', () => {
    put('a.cmlplan', 100, 4);
    put('b.cmlplan', 100, 3);
    put('c.cmlplan', 100, 2);
    const used = put('used.cmlplan', 100, 9);
    expect(boundCache(folder, 400).length).toBe(0);
    expect(boundCache(folder, 250, [used]).map(({ name }) => name)).toEqual(['a', 'b']);
    expect(boundCache(folder, 0, [used]).map(({ name }) => name)).toEqual(['c']);
    expect(readdirSync(folder)).toEqual(['used.cmlplan']);
  });

  test('loses what somebody began and never finished', () => {
    put('a.cmlplan.1.unfinished', 100, 2);
    put('b.cmlplan.2.unfinished', 100, 0);
    boundCache(folder, 1000);
    expect(readdirSync(folder)).toEqual(['b.cmlplan.2.unfinished']);
  });

  test('is cleared of everything that is its own', () => {
    put('a.cmlplan', 100, 4);
    put('b.cmlplan.1.unfinished', 100, 0);
    put('notes.txt', 300, 1);
    expect(clearCache(folder).map(({ name }) => name)).toEqual(['a']);
    expect(readdirSync(folder)).toEqual(['notes.txt']);
  });

  test('that does not exist is empty; a file in its place is an error', () => {
    expect(listCache(join(folder, 'none'))).toEqual([]);
    expect(clearCache(join(folder, 'none'))).toEqual([]);
    expect(() => listCache(put('file', 1, 0))).toThrow(StorageError);
    mkdirSync(join(folder, 'x.cmlplan'));
    expect(() => clearCache(folder)).toThrow(StorageError);
  });
});

describe('the folder of the cache', () => {
  test.each([
    [{}, '/home/ada/.cache/concurrent-ml'],
    [{ XDG_CACHE_HOME: '/var/cache/ada' }, '/var/cache/ada/concurrent-ml'],
    [{ XDG_CACHE_HOME: 'relative' }, '/home/ada/.cache/concurrent-ml'],
    [{ XDG_CACHE_HOME: '/x', CML_CACHE: '/own' }, '/own'],
    [{ CML_CACHE: '' }, '/home/ada/.cache/concurrent-ml'],
  ])('%j', (env, expected) => {
    expect(defaultCacheFolder(env, '/home/ada')).toBe(expected);
  });
});
