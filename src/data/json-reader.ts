import { readFile, stat } from 'node:fs/promises';
import { dataProblem } from './data-problem.js';
import { refuseForeignStart, refuseNonText } from './file-signature.js';
import { findJsonProblem } from './json-problem.js';
import { addJsonRow, addJsonValue } from './json-value.js';
import type { TableBuilder } from './table-builder.js';
import { startsWithMark } from './text-blocks.js';

const MOST_BYTES = 256 * 2 ** 20;
const SHAPES = 'write [{"column": value, …}, …] or {"column": [value, …], …}';

/** Reads an array of row objects, or an object of columns. The whole document stands in memory while it is read. */
export async function readJson(table: TableBuilder): Promise<void> {
  const { file } = table;
  if ((await stat(file)).size > MOST_BYTES) {
    throw dataProblem({ file }, 'a JSON document may have 256 MiB', 'write one object a line into a .ndjson file');
  }
  const bytes = await readFile(file);
  refuseForeignStart(bytes, file);
  refuseNonText(bytes, file, 1);
  const document = parseDocument(bytes.toString('utf8', startsWithMark(bytes) ? 3 : 0), file);
  if (Array.isArray(document)) {
    for (const row of document) addJsonRow(table, row);
    table.pad();
  } else if (typeof document === 'object' && document !== null) {
    addColumns(table, document);
  } else {
    throw dataProblem({ file }, `the document is a ${document === null ? 'null' : typeof document}, no table`, SHAPES);
  }
}

function addColumns(table: TableBuilder, document: object): void {
  const { file } = table;
  let rows: number | undefined;
  for (const [name, values] of Object.entries(document)) {
    if (!Array.isArray(values)) {
      throw dataProblem({ file, name }, 'the document is an object, but this is no list of values', SHAPES);
    }
    rows ??= values.length;
    if (values.length !== rows) {
      throw dataProblem({ file, name }, `has ${values.length} values, the first column has ${rows}`, 'make them equal');
    }
    if (name.trim() === '') throw dataProblem({ file }, 'a column has no name', 'name it');
    if (table.has(name.trim())) {
      throw dataProblem({ file, name }, 'the column name stands more than once', 'rename all but one');
    }
    const column = table.column(name.trim());
    if (column !== undefined) for (const value of values) addJsonValue(column, value, table);
  }
  for (let row = 0; row < (rows ?? 0); row++) table.endRow();
}

function parseDocument(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const { offset, rule } = findJsonProblem(text);
    const before = text.slice(0, offset);
    throw dataProblem(
      { file, line: before.split('\n').length, column: offset - before.lastIndexOf('\n') },
      `is not valid JSON: ${rule}`,
      /^\s*\{.*\}\s*\n\s*\{/.test(text.slice(0, 100_000)) ? 'one object a line belongs in a .ndjson file' : SHAPES,
    );
  }
}
