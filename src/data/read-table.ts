import { stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { readCsv } from './csv-reader.js';
import { dataProblem } from './data-problem.js';
import { readJson } from './json-reader.js';
import { readNdjson } from './ndjson-reader.js';
import { readParquet } from './parquet-reader.js';
import type { RawTable, RequestColumn } from './raw-table.js';
import { TableBuilder } from './table-builder.js';

/** Fills a table from its file. @throws DataError */
type TableReader = (table: TableBuilder) => Promise<void>;

const READERS: ReadonlyMap<string, TableReader> = new Map<string, TableReader>([
  ['.csv', (table) => readCsv(table)],
  ['.tsv', (table) => readCsv(table, '\t')],
  ['.json', readJson],
  ['.ndjson', readNdjson],
  ['.jsonl', readNdjson],
  ['.parquet', readParquet],
]);

/** File extensions that name a format, each with its dot. */
export const DATA_EXTENSIONS: readonly string[] = [...READERS.keys()];

/**
 * Reads a data file by its extension.
 * @param pathRule what to tell the user of a path where there is no file.
 * @throws DataError when there is no such file, or it holds no table of at least one row.
 */
export async function readTable(file: string, request: RequestColumn, pathRule = 'check its path'): Promise<RawTable> {
  const read = findReader(file);
  await refuseNonFile(file, pathRule);
  const table = await fill(read, new TableBuilder(file, request));
  if (table.rows === 0) throw dataProblem({ file }, 'the table has no rows', 'add rows below the header');

  const again = new Set(table.unfinished);
  if (again.size === 0) return table.finish(new Map());
  const asText: RequestColumn = (name) => ({
    mode: again.has(name) ? 'text' : 'skip',
    mostTexts: request(name).mostTexts,
  });
  const second = await fill(read, new TableBuilder(file, asText));
  if (second.rows !== table.rows) throw dataProblem({ file }, 'the file changed while it was read', 'try again');
  const { columns } = second.finish(new Map());
  return table.finish(new Map(columns.filter(({ name }) => again.has(name)).map((column) => [column.name, column])));
}

async function fill(read: TableReader, table: TableBuilder): Promise<TableBuilder> {
  try {
    await read(table);
    return table;
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) {
      throw dataProblem({ file: table.file }, `cannot be read: ${error.message}`, 'check that it may be read');
    }
    throw error;
  }
}

function findReader(file: string): TableReader {
  const extension = extname(file).toLowerCase();
  const reader = READERS.get(extension);
  if (reader !== undefined) return reader;
  const packed = ['.gz', '.zip', '.zst', '.bz2', '.xz'].includes(extension);
  throw dataProblem(
    { file },
    extension === '' ? 'the file has no extension that names its format' : `${extension} is no known data format`,
    packed ? 'unpack it first' : `convert it to one of ${DATA_EXTENSIONS.join(', ')}`,
  );
}

async function refuseNonFile(file: string, pathRule: string): Promise<void> {
  const stats = await stat(file).catch((error: NodeJS.ErrnoException) => {
    const missing = error.code === 'ENOENT' || error.code === 'ENOTDIR';
    const rule = missing ? `there is no file ${file}` : `cannot be opened: ${error.message}`;
    throw dataProblem({ file }, rule, pathRule);
  });
  if (stats.isDirectory()) {
    throw dataProblem({ file }, `${basename(file)} is a folder`, `name a file in it: ${DATA_EXTENSIONS.join(', ')}`);
  }
  if (!stats.isFile()) throw dataProblem({ file }, 'is neither a file nor a folder', 'copy the data into a file');
  if (stats.size === 0) throw dataProblem({ file }, 'the file is empty', 'it needs a header line and rows');
}
