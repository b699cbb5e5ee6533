import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { StorageError } from '../../src/errors.js';
import { acquireRunLock } from '../../src/journal/run-lock.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cml-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (holder: object) => writeFileSync(join(folder, 'lock'), JSON.stringify(holder));

describe('run lock', () => {
  test('is held once at a time and leaves nothing behind', () => {
    const release = acquireRunLock(folder);
    expect(() => acquireRunLock(folder)).toThrow(StorageError);
    expect(() => acquireRunLock(folder)).toThrow(String(process.pid));
    release();
    acquireRunLock(folder)();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('of a dead process is taken over', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => child.on('exit', resolve));
    write({ pid: child.pid, started: '1', host: hostname() });
    acquireRunLock(folder)();
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });

  test.runIf(process.platform === 'linux')('of a dead process whose pid was given to another is taken over', () => {
    write({ pid: process.ppid, started: '1', host: hostname() });
    acquireRunLock(folder)();
  });

  test('of another machine is respected', () => {
    write({ pid: 1, started: '1', host: 'elsewhere' });
    expect(() => acquireRunLock(folder)).toThrow(/elsewhere/);
  });

  test('that is damaged is taken over', () => {
    writeFileSync(join(folder, 'lock'), '{"pid":');
    acquireRunLock(folder)();
  });
});
