import { describe, expect, test } from 'vitest';
import { loadDataset } from '../../src/data/load-dataset.js';
import { readTable } from '../../src/data/read-table.js';
import { dataSpec, temporaryFiles } from './data-spec.js';

const write = temporaryFiles();
const lines = (count: number, line: (row: number) => string) =>
  Array.from({ length: count }, (_, row) => line(row)).join('\n');

describe('a table that would take far more memory than its file', () => {
  test.each([
    [1000, undefined],
    [1001, /a column name has 1001 characters, at most 1000 are taken/],
  ])('a column name of %d characters', async (length, problem) => {
    const file = write(`name-${length}.csv`, `${'n'.repeat(length)},y\n${lines(20, (row) => `${row},${row % 2}`)}`);
    await (problem === undefined
      ? expect(loadDataset(dataSpec(file, 'y'))).resolves.toMatchObject({ dataset: { rows: 20 } })
      : expect(loadDataset(dataSpec(file, 'y'))).rejects.toThrow(problem));
  });

  test.each([
    [1000, undefined],
    [1001, /a class of the target has 1001 characters, at most 1000 are taken: 'a{39}…'/],
  ])('a class of %d characters', async (length, problem) => {
    const text = `x,y\n${lines(20, (row) => `${row},${row % 2 === 0 ? 'a'.repeat(length) : 'b'}`)}`;
    const file = write(`class-${length}.csv`, text);
    await (problem === undefined
      ? expect(loadDataset(dataSpec(file, 'y'))).resolves.toMatchObject({ dataset: { rows: 20 } })
      : expect(loadDataset(dataSpec(file, 'y'))).rejects.toThrow(problem));
  });

  test('more than 100,000 columns', async () => {
    const header = Array.from({ length: 100_001 }, (_, column) => `c${column}`).join(',');
    const request = () => ({ mode: 'infer', mostTexts: 10 }) as const;
    await expect(readTable(write('columns.csv', `${header}\n`), request)).rejects.toThrow('more than 100000 columns');
  });

  test('rows that share almost no names; where they share some, it is a table', async () => {
    const request = () => ({ mode: 'infer', mostTexts: 10 }) as const;
    const diagonal = (rows: number) => lines(rows, (row) => JSON.stringify({ y: row, [`c${row}`]: 1 }));
    await expect(readTable(write('diagonal.ndjson', diagonal(6000)), request)).rejects.toThrow(
      /the first \d+ rows have \d+ different names, and almost no two rows the same \(diagonal\.ndjson/,
    );
    // Each row has a value in a hundredth of the columns.
    const sparse = lines(6000, (row) =>
      JSON.stringify(Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`c${(row + at * 100) % 4000}`, at]))),
    );
    const { rows, columns } = await readTable(write('sparse.ndjson', sparse), request);
    expect([rows, columns.length]).toEqual([6000, 4000]);
  });
});
