import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { DataSpec } from '../../src/data/data-spec.js';
import type { Dataset } from '../../src/data/dataset.js';
import { loadDataset } from '../../src/data/load-dataset.js';
import { DataError } from '../../src/errors.js';
import { anyTarget } from './any-target.js';
import type { AnyTarget } from './fuzz-target.js';
import { mutated } from './mutations.js';
import { acceptOrRefuse } from './refusal.js';

const ROWS = 30;

interface DataFile {
  readonly extension: string;
  readonly bytes: Uint8Array;
  /** How it is to be read. */
  readonly more: Partial<DataSpec>;
}

/** Tables in every format with something changed, and bytes that never were one. */
export function dataFileTargets(root: string): readonly AnyTarget[] {
  const lines = readFileSync(join(root, 'search-spaces/data/penguins.csv'), 'utf8').split('\n');
  // The classes stand one after the other in that file.
  const step = Math.floor((lines.length - 2) / ROWS);
  const table = [lines[0]!, ...Array.from({ length: ROWS }, (_, row) => lines[1 + row * step]!)];
  return formatsOf(table.map((line) => line.split(','))).map(({ extension, bytes }) => {
    const file = fc.record({
      extension: fc.constant(extension),
      bytes: fc.oneof({ weight: 5, arbitrary: mutated([bytes]) }, { weight: 1, arbitrary: garbage() }),
      more: fc.constantFrom<Partial<DataSpec>>(
        {},
        { target: 'body_mass_g' },
        { types: { sex: 'boolean', flipper_length_mm: 'categorical' }, groups: 'island' },
        { weights: 'body_mass_g', exclude: ['sex'] },
        { task: 'regression' },
      ),
    });
    return anyTarget<DataFile>({
      name: `data: ${extension}`,
      inputs: file,
      check: checkFile,
      show: showFile,
      fewRuns: 80,
    });
  });
}

/** @param rows the header first. */
function formatsOf(rows: readonly (readonly string[])[]): readonly Pick<DataFile, 'extension' | 'bytes'>[] {
  const [header = [], ...cells] = rows;
  const objects = cells.map((row) => Object.fromEntries(header.map((name, index) => [name, cellValue(row[index]!)])));
  const columnData = header.map((name) => ({ name, data: objects.map((row) => row[name] ?? null), nullable: true }));
  const text = (delimiter: string) => Buffer.from(rows.map((row) => row.join(delimiter)).join('\n'));
  return [
    { extension: 'csv', bytes: text(',') },
    { extension: 'tsv', bytes: text('\t') },
    { extension: 'json', bytes: Buffer.from(JSON.stringify(objects)) },
    { extension: 'ndjson', bytes: Buffer.from(objects.map((row) => JSON.stringify(row)).join('\n')) },
    { extension: 'parquet', bytes: new Uint8Array(parquetWriteBuffer({ columnData })) },
  ];
}

function cellValue(cell: string): string | number | null {
  if (cell === '') return null;
  return Number.isNaN(Number(cell)) ? cell : Number(cell);
}

function garbage(): fc.Arbitrary<Buffer> {
  const bytes = fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array));
  return fc.oneof(
    bytes,
    fc.string({ unit: 'binary', maxLength: 200 }).map((text) => Buffer.from(text)),
    fc.string({ unit: fc.constantFrom(...'a1,;"\n\r\t {}[]:y.-'), maxLength: 200 }).map((text) => Buffer.from(text)),
    fc.json().map((text) => Buffer.from(text)),
    bytes.map((middle) => Buffer.concat([Buffer.from('PAR1'), middle, Buffer.from('PAR1')])),
  );
}

async function checkFile({ extension, bytes, more }: DataFile): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'cml-fuzz-'));
  const file = join(folder, `data.${extension}`);
  try {
    writeFileSync(file, bytes);
    const spec: DataSpec = { file, target: 'species', exclude: [], types: {}, ...more };
    const loaded = await acceptOrRefuse(() => loadDataset(spec), DataError);
    if (loaded !== undefined) checkDataset(loaded.dataset);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function checkDataset({ rows, features, target, groups, weights }: Dataset): void {
  assert.ok(rows > 0 && features.length > 0);
  for (const column of features) {
    if (column.kind === 'categorical') {
      assert.equal(column.codes.length, rows);
      const last = column.categories.length - 1;
      assert.ok(column.codes.every((code) => code >= -1 && code <= last));
    } else {
      assert.equal(column.values.length, rows);
      assert.ok(column.values.every((value) => !(Math.abs(value) > 1e150)));
    }
  }
  assert.equal(target.values.length, rows);
  const classes = target.task === 'classification' ? target.classes.length : undefined;
  assert.ok(target.values.every((value) => (classes === undefined ? Number.isFinite(value) : value < classes)));
  if (groups !== undefined) assert.equal(groups.length, rows);
  if (weights !== undefined) assert.ok(weights.length === rows && weights.every((weight) => weight > 0));
}

function showFile({ extension, bytes, more }: DataFile): string {
  return `.${extension} ${JSON.stringify(more)} ${JSON.stringify(Buffer.from(bytes).toString('latin1'))}`;
}
