import type { AsyncBuffer, ColumnMetaData, FileMetaData } from 'hyparquet';
import type { parquetHeader } from 'hyparquet/src/column.js';

type PageHeader = ReturnType<typeof parquetHeader>;

/**
 * Walks over the page headers of the columns asked for, and compares what they say with the file and its footer: the
 * decoder believes them, and a damaged one could make it fill the memory or run without end.
 * @throws Error that says what does not fit.
 */
export async function checkPages(
  buffer: AsyncBuffer,
  metadata: FileMetaData,
  names: ReadonlySet<string>,
  readHeader: typeof parquetHeader,
): Promise<void> {
  for (const group of metadata.row_groups) {
    for (const { meta_data: chunk } of group.columns) {
      const name = chunk?.path_in_schema[0];
      if (chunk === undefined || name === undefined || !names.has(name)) continue;
      if (chunk.num_values !== group.num_rows) throw new Error(`column '${name}' has another length than its group`);
      const start = Number(chunk.dictionary_page_offset || chunk.data_page_offset);
      const end = start + Number(chunk.total_compressed_size);
      if (!(start >= 4 && start < end && end <= buffer.byteLength)) {
        throw new Error(`column '${name}' lies outside the file`);
      }
      checkChunk(new DataView(await buffer.slice(start, end)), chunk, name, readHeader);
    }
  }
}

function checkChunk(
  view: DataView<ArrayBuffer>,
  chunk: ColumnMetaData,
  name: string,
  readHeader: typeof parquetHeader,
) {
  const reader = { view, offset: 0 };
  const mostBytes = Number(chunk.total_uncompressed_size);
  let values = 0;
  while (reader.offset < view.byteLength - 1) {
    const header = readHeader(reader);
    const bytes = header.compressed_page_size;
    if (!(bytes >= 0 && reader.offset + bytes <= view.byteLength)) throw new Error(`a page of column '${name}' is cut`);
    const unpackedBytes = header.uncompressed_page_size;
    if (!(unpackedBytes >= 0 && unpackedBytes <= mostBytes)) throw new Error(`a page of column '${name}' is too large`);
    reader.offset += bytes;

    const count = countValues(header, chunk);
    if (count === undefined) throw new Error(`a page of column '${name}' has an impossible number of values`);
    if (header.type !== 'DICTIONARY_PAGE') values += count;
  }
  if (values !== Number(chunk.num_values))
    throw new Error(`the pages of column '${name}' have another number of values`);
}

/** Values of a page; undefined when its header cannot be true for a flat column. */
function countValues(header: PageHeader, chunk: ColumnMetaData): number | undefined {
  const between = (value: number | undefined, most: number) => value !== undefined && value >= 0 && value <= most;
  if (header.type === 'DICTIONARY_PAGE') {
    const count = header.dictionary_page_header?.num_values;
    return between(count, header.uncompressed_page_size) ? count : undefined;
  }
  if (header.type === 'DATA_PAGE') {
    const count = header.data_page_header?.num_values;
    return between(count, Number(chunk.num_values)) ? count : undefined;
  }
  const page = header.data_page_header_v2;
  if (page === undefined || !between(page.num_values, Number(chunk.num_values))) return undefined;
  const definitions = page.definition_levels_byte_length;
  const isTrue =
    page.num_rows === page.num_values &&
    page.repetition_levels_byte_length === 0 &&
    between(page.num_nulls, page.num_values) &&
    between(definitions, header.compressed_page_size) &&
    (definitions > 0 || page.num_nulls === 0);
  return isTrue ? page.num_values : undefined;
}
