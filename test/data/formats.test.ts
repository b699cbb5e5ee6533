import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { loadDataset } from '../../src/data/load-dataset.js';
import { DataError } from '../../src/errors.js';
import { dataSpec, feature, featureValues, temporaryFiles } from './data-spec.js';

const write = temporaryFiles();

const table = {
  age: [31, null, 4.5, -2],
  city: ['Bonn', 'Zürich, "old"\ntown', null, 'Bonn'],
  member: [true, false, null, true],
  day: ['2024-01-31', '2024-02-29', '2024-01-31', '2023-12-24'],
  y: ['no', 'yes', 'no', 'yes'],
};
const names = Object.keys(table) as (keyof typeof table)[];
const rows = table.y.map((_, row) => names.map((name) => table[name][row] ?? null));

function delimited(delimiter: string, newline = '\n'): string {
  const quote = (value: string) => (/[",;\t\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  const lines = [
    names.join(delimiter),
    ...rows.map((row) => row.map((value) => quote(`${value ?? ''}`)).join(delimiter)),
  ];
  return `${lines.join(newline)}${newline}`;
}

const objects = rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])));
const sparse = objects.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)));

function parquet(options: { rowGroupSize?: number } = {}): Uint8Array {
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'age', data: table.age, type: 'DOUBLE', nullable: true },
        { name: 'city', data: table.city, type: 'STRING', nullable: true },
        { name: 'member', data: table.member, type: 'BOOLEAN', nullable: true },
        { name: 'day', data: table.day.map((day) => new Date(day)), type: 'TIMESTAMP' },
        { name: 'y', data: table.y, type: 'STRING' },
      ],
      ...options,
    }),
  );
}

const files: [string, string, string | Uint8Array][] = [
  ['CSV', 'table.csv', delimited(',')],
  ['CSV with carriage returns and line feeds', 'crlf.csv', delimited(',', '\r\n')],
  ['CSV with semicolons', 'semicolons.csv', delimited(';')],
  ['CSV with tabs', 'tabs.csv', delimited('\t')],
  ['CSV with a byte order mark', 'mark.csv', `\ufeff${delimited(',')}`],
  ['CSV without a last line end', 'open.csv', delimited(',').slice(0, -1)],
  ['CSV with blank lines', 'blank.csv', `\n${delimited(',').replace('no\n', 'no\n\n  \n')}\n\n`],
  ['TSV', 'table.tsv', delimited('\t')],
  ['JSON rows', 'rows.json', JSON.stringify(objects, null, 2)],
  [
    'JSON rows that lack keys',
    'sparse.json',
    `\ufeff${JSON.stringify([{ age: 31, ...sparse[0] }, ...sparse.slice(1)])}`,
  ],
  ['JSON columns', 'columns.json', JSON.stringify(table)],
  ['NDJSON', 'table.ndjson', objects.map((row) => JSON.stringify(row)).join('\n')],
  [
    'NDJSON with blank lines and CRLF',
    'table.jsonl',
    `${objects.map((row) => JSON.stringify(row)).join('\r\n\r\n')}\r\n`,
  ],
  ['Parquet', 'table.parquet', parquet()],
  ['Parquet in several row groups', 'groups.parquet', parquet({ rowGroupSize: 2 })],
];

describe.each(files)('%s', (_, name, content) => {
  test('gives the table', async () => {
    const { dataset } = await loadDataset(dataSpec(write(name, content), 'y'));
    expect(dataset.features.map((column) => column.name)).toEqual(['age', 'city', 'member', 'day']);
    expect(dataset.features.map((column) => column.kind)).toEqual(['numeric', 'categorical', 'boolean', 'categorical']);
    expect(featureValues(feature(dataset, 'age'))).toEqual(table.age);
    expect(featureValues(feature(dataset, 'city'))).toEqual(table.city);
    expect(featureValues(feature(dataset, 'member'))).toEqual(table.member);
    expect(featureValues(feature(dataset, 'day'))).toEqual(table.day);
    expect(dataset.target).toMatchObject({ task: 'classification', classes: ['no', 'yes'] });
    expect(Array.from(dataset.target.values)).toEqual([0, 1, 0, 1]);
  });

  test('has the same identity as the others', async () => {
    const one = await loadDataset(dataSpec(write(name, content), 'y'));
    const other = await loadDataset(dataSpec(write('reference.csv', delimited(',')), 'y'));
    expect(one.dataset.hash).toBe(other.dataset.hash);
  });
});

test('carriage returns alone end lines', async () => {
  const { dataset } = await loadDataset(dataSpec(write('mac.csv', 'a,y\r1,no\r2,yes\r'), 'y'));
  expect(featureValues(feature(dataset, 'a'))).toEqual([1, 2]);
});

test('64-bit integers of a Parquet file are numbers', async () => {
  const content = parquetWriteBuffer({
    columnData: [
      { name: 'a', data: [1n, 2n ** 60n, -3n], type: 'INT64' },
      { name: 'y', data: [1.5, 2.5, 3], type: 'DOUBLE' },
    ],
  });
  const { dataset } = await loadDataset(dataSpec(write('bigint.parquet', new Uint8Array(content)), 'y'));
  expect(featureValues(feature(dataset, 'a'))).toEqual([1, 2 ** 60, -3]);
});

test('what is wrong with JSON is found at its line and column', async () => {
  const document = write('broken.json', '[\n  {"a": 1, "y": 2},\n  {"a": one, "y": 3}\n]\n');
  await expect(loadDataset(dataSpec(document, 'y'))).rejects.toThrow(
    'is not valid JSON: a value must follow, got "o" (broken.json:3:9)',
  );
  const lines = write('broken.ndjson', '{"a": 1, "y": 2}\n{"a": 1 "y": 3}\n');
  await expect(loadDataset(dataSpec(lines, 'y'))).rejects.toThrow(
    'is not valid JSON: a comma or } must follow, got "\\"" (broken.ndjson:2)',
  );
});

test('a Parquet column of JSON objects is refused unless it is excluded', async () => {
  const content = parquetWriteBuffer({
    columnData: [
      { name: 'a', data: [{ b: 1 }, { b: 2 }], type: 'JSON' },
      { name: 'c', data: [1, 2], type: 'DOUBLE' },
      { name: 'y', data: ['no', 'yes'], type: 'STRING' },
    ],
  });
  const file = write('nested.parquet', new Uint8Array(content));
  await expect(loadDataset(dataSpec(file, 'y'))).rejects.toThrow(
    "column 'a': a cell must be a number, a text, a boolean or a date, got a list, a record or bytes",
  );
  const { dataset } = await loadDataset(dataSpec(file, 'y', { exclude: ['a'] }));
  expect(dataset.features.map((column) => column.name)).toEqual(['c']);
});

test('a damaged Parquet file is a data error, wherever the damage is', async () => {
  const whole = parquet({ rowGroupSize: 2 });
  for (let at = 0; at < whole.length; at += 13) {
    for (const flipped of [0x55, 0x80]) {
      const damaged = whole.slice();
      damaged[at]! ^= flipped;
      const outcome = await loadDataset(dataSpec(write('damaged.parquet', damaged), 'y')).catch((error) => error);
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(DataError);
    }
  }
  for (let length = 0; length < whole.length; length += 41) {
    const file = write('cut.parquet', whole.slice(0, length));
    await expect(loadDataset(dataSpec(file, 'y'))).rejects.toBeInstanceOf(DataError);
  }
});
