import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { loadDataset } from '../../src/data/load-dataset.js';
import { readTable } from '../../src/data/read-table.js';
import { DataError } from '../../src/errors.js';
import { dataSpec, temporaryFiles } from './data-spec.js';

const write = temporaryFiles();
const asText = () => ({ mode: 'text', mostTexts: Infinity }) as const;

/** Cells whose blanks are not at the ends, and that are not missing. */
const cell = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom('"', ',', ';', '\n', '\r', '\t', ' ', "'"),
      fc.string({ minLength: 1, maxLength: 1, unit: 'grapheme' }),
    ),
    minLength: 1,
    maxLength: 12,
  })
  .map((text) => `<${text.replaceAll('\0', '')}>`);

describe('delimited text', () => {
  test('that papaparse wrote is read back, with the right lines', async () => {
    const table = fc.integer({ min: 1, max: 5 }).chain((width) =>
      fc.record({
        header: fc.uniqueArray(cell, { minLength: width, maxLength: width }),
        rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }),
        newline: fc.constantFrom('\n', '\r\n'),
      }),
    );
    await fc.assert(
      fc.asyncProperty(table, async ({ header, rows, newline }) => {
        const text = Papa.unparse([header, ...rows], { newline, delimiter: '\t', quotes: true });
        const read = await readTable(write('round-trip.tsv', text), asText);
        const columns = read.columns.map((column) => {
          if (column.kind !== 'text') throw new Error('not text');
          return Array.from(column.codes, (code) => column.texts[code]!);
        });
        expect(read.columns.map((column) => column.name)).toEqual(header);
        expect(columns).toEqual(header.map((_, index) => rows.map((row) => row[index])));
        const newlinesIn = (cells: string[]) => cells.join('').split('\n').length - 1;
        let line = 2 + newlinesIn(header);
        rows.forEach((row, index) => {
          expect(read.place(index).line).toBe(line);
          line += 1 + newlinesIn(row);
        });
      }),
      { numRuns: 60 },
    );
  });

  test('is cut into blocks anywhere without a difference', async () => {
    const rows = Array.from({ length: 60_000 }, (_, index) => [
      `${index}`,
      `a "${index}"\r\nb, ü`,
      'x'.repeat(index % 50),
    ]);
    const text = Papa.unparse([['n', 'quoted', 'length'], ...rows], { newline: '\n' });
    expect(text.length).toBeGreaterThan(2.5 * 2 ** 20);
    const read = await readTable(write('blocks.csv', text), asText);
    expect(read.rows).toBe(60_000);
    for (const row of [0, 1, 20_011, 40_503, 59_999]) {
      const values = read.columns.map((column) => (column.kind === 'text' ? column.texts[column.codes[row]!] : null));
      expect(values).toEqual([`${row}`, `a "${row}"\r\nb, ü`, 'x'.repeat(row % 50) || undefined]);
      expect(read.place(row).line).toBe(2 + 2 * row);
    }
  });
});

describe('garbage', () => {
  test('in a table with the target gives a dataset or a data error', async () => {
    const token = fc.constantFrom(
      '1',
      '-2.5',
      'a',
      'yes',
      'no',
      '',
      'NA',
      '"',
      '""',
      ',',
      ',',
      '\n',
      '\r\n',
      ' ',
      'inf',
      '1e999',
      'true',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(token, { maxLength: 60 }), async (tokens) => {
        const file = write('tokens.csv', `a,y\n1,no\n2,yes\n${tokens.join('')}`);
        const outcome = await loadDataset(dataSpec(file, 'y')).catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(DataError);
        else expect(outcome).toMatchObject({ dataset: { target: { name: 'y' } } });
      }),
      { numRuns: 300 },
    );
  });
});
