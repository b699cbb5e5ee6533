import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DamagedPlanFile, holdsPlan, readPlanFile, writePlanFile } from '../../src/cache/plan-file.js';
import { encodePlan } from '../../src/cache/plan-file-format.js';
import type { EvaluationPlan } from '../../src/validation/evaluation-plan.js';
import { samplePlan } from './sample-plan.js';

let folder: string;
let plan: EvaluationPlan;
let file: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cml-plan-'));
  plan = await samplePlan();
  file = join(folder, 'iris');
  await writePlanFile(file, encodePlan(plan), join(folder, 'unfinished'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the file of a plan', () => {
  test('gives back the same plan', () => {
    expect(readPlanFile(file, plan.hash)).toEqual(plan);
  });

  test('also with categories, missing values, regression, odd lengths and names', async () => {
    const odd: EvaluationPlan = {
      ...plan,
      hash: 'odd',
      dataset: {
        rows: 3,
        features: [
          { kind: 'numeric', name: '__proto__', values: Float64Array.of(-0, Number.NaN, Number.NEGATIVE_INFINITY) },
          {
            kind: 'categorical',
            name: 'ünïcode \u0000 \ud800',
            codes: Int32Array.of(-1, 0, 1),
            categories: ['$array', ''],
          },
        ],
        target: { task: 'regression', name: 'y', values: Float64Array.of(5e-324, 1.7976931348623157e308, 0.1) },
        weights: Float64Array.of(1, 2, 3),
        hash: 'data',
      },
      folds: [
        { train: Int32Array.of(0, 1), test: Int32Array.of(2) },
        { train: new Int32Array(0), test: Int32Array.of(0) },
      ],
      trainers: JSON.parse('{"__proto__": "knn", "$array": "svm"}'),
    };
    const path = join(folder, 'odd');
    await writePlanFile(path, encodePlan(odd), `${path}.unfinished`);
    const read = readPlanFile(path, 'odd');
    expect(read).toEqual(odd);
    expect(Object.keys(read.trainers)).toEqual(['__proto__', '$array']);
    expect(Object.is(read.dataset.features[0]?.kind === 'numeric' && read.dataset.features[0].values[0], -0)).toBe(
      true,
    );
  });

  test('is only ours to read, and nothing unfinished stays beside it', () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).filter((name) => name.includes('unfinished'))).toEqual([]);
  });

  test('is known by its beginning and its length', async () => {
    const encoded = encodePlan(plan);
    expect(await holdsPlan(file, encoded)).toBe(true);
    expect(await holdsPlan(file, encodePlan({ ...plan, goal: 'minimize' }))).toBe(false);
    const bins = { ...plan.bins!, bins: plan.bins!.bins.map((bin) => bin ^ 1) };
    expect(await holdsPlan(file, encodePlan({ ...plan, bins }))).toBe(false);
    expect(await holdsPlan(join(folder, 'none'), encoded)).toBe(false);
  });
});

describe('a damaged file', () => {
  const damagedCopy = (damage: (bytes: Buffer) => Buffer): string => {
    const path = join(folder, 'damaged');
    writeFileSync(path, damage(readFileSync(file)));
    return path;
  };
  const flip = (position: number) => (bytes: Buffer) => {
    bytes[position]! ^= 1;
    return bytes;
  };

  const withNumber = (value: number, offset: number) => (bytes: Buffer) => {
    bytes.writeUInt32LE(value, offset);
    return bytes;
  };

  test('is noticed wherever a bit has changed that means something', () => {
    const bytes = readFileSync(file);
    const { head } = encodePlan(plan);
    const jsonEnd = 64 + bytes.readUInt32LE(12);
    let unnoticed = 0;
    for (let position = 0; position < bytes.length; position += 61) {
      const padding = (position >= 48 && position < 64) || (position >= jsonEnd && position < head.length);
      if (padding) continue;
      try {
        expect(readPlanFile(damagedCopy(flip(position)), plan.hash)).toEqual(plan);
        // Between the arrays there are bytes that nobody reads.
        unnoticed += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(DamagedPlanFile);
      }
    }
    expect(unnoticed).toBeLessThan(bytes.length / 61 / 10);
  });

  test('is noticed wherever it was cut', () => {
    const { size } = statSync(file);
    for (const length of [0, 1, 63, 64, 65, 1000, size >> 1, size - 1]) {
      const path = damagedCopy((bytes) => bytes);
      truncateSync(path, length);
      expect(() => readPlanFile(path, plan.hash)).toThrow(DamagedPlanFile);
    }
  });

  test.each([
    ['of another plan', (bytes: Buffer) => bytes, 'another', 'another plan'],
    ['of another version', withNumber(99, 8), undefined, 'version 99'],
    ['of something else', () => Buffer.alloc(4096, 'x'), undefined, 'no plan file'],
    ['with more behind it', (bytes: Buffer) => Buffer.concat([bytes, bytes]), undefined, 'bytes'],
    ['with an impossible header', withNumber(2 ** 32 - 1, 12), undefined, 'impossible'],
  ])('%s is refused', (_, damage, hash, message) => {
    expect(() => readPlanFile(damagedCopy(damage), hash ?? plan.hash)).toThrow(message);
  });

  test('that is not there is as good as damaged', () => {
    expect(() => readPlanFile(join(folder, 'none'), plan.hash)).toThrow(DamagedPlanFile);
  });
});
