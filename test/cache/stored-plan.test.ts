import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readPlanFile } from '../../src/cache/plan-file.js';
import { StoredPlan } from '../../src/cache/stored-plan.js';
import { StorageError } from '../../src/errors.js';
import type { EvaluationPlan } from '../../src/validation/evaluation-plan.js';
import { samplePlan } from './sample-plan.js';

let plan: EvaluationPlan;
let root: string;
let folder: string;
beforeAll(async () => {
  plan = await samplePlan();
});
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cml-stored-'));
  folder = join(root, 'deep', 'cache');
});
afterEach(() => rmSync(root, { recursive: true }));

describe('a stored plan', () => {
  test('is written once, under its hash, and used again', async () => {
    const file = await new StoredPlan(plan, { folder }).file();
    expect(file).toBe(join(folder, `${plan.hash}.cmlplan`));
    expect(readPlanFile(file, plan.hash)).toEqual(plan);
    const { ino } = statSync(file);
    const long = new Date(2001, 1, 1);
    utimesSync(file, long, long);
    const second = new StoredPlan(plan, { folder });
    expect(await second.file()).toBe(file);
    expect(statSync(file).ino).toBe(ino);
    expect(statSync(file).mtime.getTime()).toBeGreaterThan(long.getTime());
    await second.release();
    expect(existsSync(file)).toBe(true);
  });

  test('is written anew over one that is not the same', async () => {
    const file = await new StoredPlan(plan, { folder }).file();
    writeFileSync(file, 'x');
    await new StoredPlan(plan, { folder }).file();
    expect(readPlanFile(file, plan.hash)).toEqual(plan);
    const bytes = readFileSync(file);
    bytes[bytes.length - 64]! ^= 1;
    writeFileSync(file, bytes);
    await new StoredPlan(plan, { folder }).rewrite();
    expect(readPlanFile(file, plan.hash)).toEqual(plan);
  });

  test('written by several at once is whole', async () => {
    const files = await Promise.all([1, 2, 3, 4].map(() => new StoredPlan(plan, { folder }).rewrite()));
    expect(readdirSync(folder)).toHaveLength(1);
    expect(readPlanFile(files[0]!, plan.hash)).toEqual(plan);
  });

  test('drives out what was not used for longest, never itself', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'old.cmlplan'), Buffer.alloc(1000));
    const file = await new StoredPlan(plan, { folder, boundBytes: 1 }).file();
    expect(readdirSync(folder).map((name) => join(folder, name))).toEqual([file]);
  });

  test('goes to a temporary folder where the cache cannot be written, and leaves it', async () => {
    writeFileSync(join(root, 'deep'), 'a file where the folder should be');
    const temporaryFolder = join(root, 'tmp');
    mkdirSync(temporaryFolder);
    const stored = new StoredPlan(plan, { folder, temporaryFolder });
    const file = await stored.file();
    expect(file.startsWith(temporaryFolder)).toBe(true);
    expect(readPlanFile(file, plan.hash)).toEqual(plan);
    await stored.release();
    expect(readdirSync(temporaryFolder)).toEqual([]);
  });

  test('without any place for it is an error that says what it needs', async () => {
    writeFileSync(join(root, 'deep'), '');
    const stored = new StoredPlan(plan, { folder, temporaryFolder: join(root, 'none') });
    const failing = stored.file();
    await expect(failing).rejects.toThrow(StorageError);
    await expect(failing).rejects.toThrow(/cannot be stored/);
    await stored.release();
  });
});
