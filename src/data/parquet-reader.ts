import type { AsyncBuffer, FileMetaData, ParquetScan, SchemaTree } from 'hyparquet';
import { DataError } from '../errors.js';
import type { ColumnBuilder } from './column-builder.js';
import { dataProblem } from './data-problem.js';
import { checkPages } from './parquet-pages.js';
import type { TableBuilder } from './table-builder.js';

type Hyparquet = typeof import('hyparquet');

/**
 * Reads flat Parquet columns, one column of one row group at a time: numbers (64-bit integers and decimals rounded to
 * doubles), booleans, texts, and dates as ISO texts.
 */
export async function readParquet(table: TableBuilder): Promise<void> {
  const { file } = table;
  // Loaded on first use: most tables are CSV.
  const [hyparquet, { compressors }, { parquetHeader }] = await Promise.all([
    import('hyparquet'),
    import('hyparquet-compressors'),
    import('hyparquet/src/column.js'),
  ]);
  try {
    const buffer = await hyparquet.asyncBufferFromFile(file);
    const metadata = await readMetadata(hyparquet, buffer, file);
    const columns = listColumns(hyparquet.parquetSchema(metadata), table);
    await checkPages(buffer, metadata, new Set(columns.map((column) => column.name)), parquetHeader);
    const scan = await hyparquet.parquetScan({ file: buffer, metadata, compressors });
    for (const range of scan.ranges) {
      for (const column of columns) await addChunk(scan, column, range, file);
      for (let row = range.rowStart; row < range.rowEnd; row++) table.endRow();
    }
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw dataProblem({ file }, `cannot be read as Parquet: ${reasonOf(error)}`, 'write the file anew, or as CSV');
  }
}

/** The library stumbles over damaged bytes in ways that say nothing of the file. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const stumbled = error instanceof TypeError || error instanceof RangeError || /\b(undefined|NaN)\b/.test(message);
  return stumbled ? 'its bytes are damaged' : message;
}

async function readMetadata({ parquetMetadataAsync }: Hyparquet, buffer: AsyncBuffer, file: string) {
  const magic = buffer.byteLength >= 12 ? Buffer.from(await buffer.slice(0, 4)).toString('latin1') : '';
  if (magic !== 'PAR1') {
    throw dataProblem({ file }, 'does not begin as a Parquet file does', 'does its extension name the right format?');
  }
  const metadata: FileMetaData = await parquetMetadataAsync(buffer);
  const rows = metadata.row_groups.reduce((sum, group) => sum + group.num_rows, 0n);
  if (rows !== metadata.num_rows || metadata.row_groups.some((group) => group.num_rows < 0n)) {
    throw new Error(`its row groups have ${rows} rows, its footer says ${metadata.num_rows}`);
  }
  return metadata;
}

function listColumns(schema: SchemaTree, table: TableBuilder): readonly ColumnBuilder[] {
  const { file } = table;
  const builders: ColumnBuilder[] = [];
  for (const { element, children } of schema.children) {
    const { name } = element;
    if (name.trim() === '') throw dataProblem({ file }, 'a column has no name', 'name it');
    if (table.has(name)) {
      throw dataProblem({ file, name }, 'the column name stands more than once', 'rename all but one');
    }
    const builder = table.column(name);
    if (builder === undefined) continue;
    if (children.length > 0 || element.repetition_type === 'REPEATED') {
      throw dataProblem(
        { file, name },
        'holds lists or records',
        'write its parts as columns of their own, or exclude the column',
      );
    }
    builders.push(builder);
  }
  return builders;
}

async function addChunk(
  scan: ParquetScan,
  column: ColumnBuilder,
  range: { readonly rowStart: number; readonly rowEnd: number },
  file: string,
): Promise<void> {
  const values = await scan.readColumn({ column: column.name, ...range });
  if (values.length !== range.rowEnd - range.rowStart) {
    throw new Error(`column '${column.name}' has ${values.length} values in a group of other length`);
  }
  for (let index = 0; index < values.length; index++) addValue(column, values[index], file);
}

function addValue(column: ColumnBuilder, value: unknown, file: string): void {
  if (typeof value === 'number') column.addNumber(value);
  else if (typeof value === 'bigint') column.addNumber(Number(value));
  else if (typeof value === 'string') column.addText(value);
  else if (typeof value === 'boolean') column.addText(String(value));
  else if (value === null || value === undefined) column.addMissing();
  else if (value instanceof Date) column.addText(formatDate(value));
  else {
    throw dataProblem(
      { file, name: column.name, row: column.length + 1 },
      'a cell must be a number, a text, a boolean or a date, got a list, a record or bytes',
      'write its parts as columns of their own, or exclude the column',
    );
  }
}

/** ISO text, without a time of midnight. */
function formatDate(date: Date): string {
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().replace(/T00:00:00\.000Z$/, '');
}
