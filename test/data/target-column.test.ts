import { describe, expect, test } from 'vitest';
import type { DataSpec } from '../../src/data/data-spec.js';
import { loadDataset } from '../../src/data/load-dataset.js';
import { numbersAreClasses } from '../../src/data/target-column.js';
import { dataSpec, temporaryFiles } from './data-spec.js';

const write = temporaryFiles();
let files = 0;

async function targetOf(labels: readonly string[], more: Partial<DataSpec> = {}) {
  const rows = labels.map((label, index) => `${index % 7}.5,${label}`);
  const file = write(`target-${files++}.csv`, `a,y\n${rows.join('\n')}\n`);
  return (await loadDataset(dataSpec(file, 'y', more))).dataset.target;
}

describe('numbersAreClasses', () => {
  const of = (values: number[]) => numbersAreClasses(Float64Array.from(values), Int32Array.from(values.keys()));
  const repeat = (distinct: number, times: number) =>
    Array.from({ length: distinct * times }, (_, index) => index % distinct);

  test.each([
    ['0 and 1', [0, 1, 1], true],
    ['ten digits, 5 rows each', repeat(10, 5), true],
    ['ten digits, 4 rows each', repeat(10, 4), false],
    ['20 numbers, 5 rows each', repeat(20, 5), true],
    ['21 numbers, 50 rows each', repeat(21, 50), false],
    ['halves', [0.5, 1.5, 0.5, 1.5], false],
  ])('%s', (_, values, expected) => {
    expect(of(values)).toBe(expected);
  });
});

describe('classes', () => {
  test('of numbers are sorted by value', async () => {
    const target = await targetOf(['10', '9', '-1', '10', '9', '-1.0'], { task: 'classification' });
    expect(target).toMatchObject({ classes: ['-1', '9', '10'] });
    expect(Array.from(target.values)).toEqual([2, 1, 0, 2, 1, 0]);
  });

  test('of numbers kept as text are sorted by value', async () => {
    const target = await targetOf(['10', '09', '10', '09'], { types: { y: 'categorical' } });
    expect(target).toMatchObject({ classes: ['09', '10'] });
  });

  test('of text are sorted by code unit', async () => {
    expect(await targetOf(['b', 'ä', 'B', 'a', 'ä'])).toMatchObject({ classes: ['B', 'a', 'b', 'ä'] });
  });

  test('of booleans keep their spelling', async () => {
    expect(await targetOf(['True', 'False', 'True'])).toMatchObject({ classes: ['False', 'True'], positive: 0 });
  });
});

test('a class a row is an identifier, not a target', async () => {
  const names = Array.from({ length: 21 }, (_, row) => `row ${row}`);
  await expect(targetOf(names)).rejects.toThrow("column 'y': every one of the 21 rows is a class of its own");
  expect((await targetOf([...names, 'row 0'])).task).toBe('classification');
});

describe('the positive class', () => {
  test('is the last of equally rare ones', async () => {
    expect(await targetOf(['0', '1', '1', '0'])).toMatchObject({ positive: 1 });
  });

  test.each([
    ['no', ['no', 'yes'], 0],
    ['1.0', ['0', '1'], 1],
    ['true', ['False', 'True'], 1],
    ['YES', ['no', 'yes'], 1],
  ])('%s of %j', async (positive, labels, expected) => {
    expect(await targetOf([...labels, ...labels, labels[0]!], { positive })).toMatchObject({ positive: expected });
  });
});

test('a declared task overrides what the numbers look like', async () => {
  const counts = Array.from({ length: 60 }, (_, index) => `${index % 3}`);
  expect(await targetOf(counts)).toMatchObject({ task: 'classification' });
  expect(await targetOf(counts, { task: 'regression' })).toMatchObject({ task: 'regression' });
  expect(await targetOf(counts, { types: { y: 'numeric' } })).toMatchObject({ task: 'regression' });
});
