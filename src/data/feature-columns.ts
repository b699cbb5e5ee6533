import { GREATEST_MAGNITUDE, parseDeclaredBoolean, parseNumber, parsePlainBoolean } from './cell.js';
import { dataProblem, shorten } from './data-problem.js';
import type { FeatureColumn } from './dataset.js';
import { parseIsoDate } from './iso-date.js';
import type { RawColumn, RawTable } from './raw-table.js';
import { sharedFloats, sharedIntegers } from './shared-arrays.js';

type TextColumn = Extract<RawColumn, { kind: 'text' }>;
type NumberColumn = Extract<RawColumn, { kind: 'number' }>;

/**
 * A feature of the kind that its cells have: numbers, else boolean where every text is true or false, else categories.
 * @param rows the rows of the table to take.
 * @returns undefined when every value is missing.
 */
export function inferFeature(column: TextColumn | NumberColumn, rows: Int32Array, table: RawTable) {
  if (column.kind === 'number') return readNumbers(column, rows, table);
  const plain = !column.overflowed && column.texts.every((text) => parsePlainBoolean(text) !== undefined);
  return plain ? readBooleans(column, rows, table, parsePlainBoolean) : readCategories(column, rows);
}

/** A feature of the kind that the user declared. @throws DataError naming the first cell that is of another kind. */
export function declareFeature(
  column: TextColumn | NumberColumn,
  kind: FeatureColumn['kind'],
  rows: Int32Array,
  table: RawTable,
): FeatureColumn | undefined {
  if (kind === 'numeric') return readNumbers(column, rows, table);
  // Columns declared categorical or boolean are read as text; only one without any cell has no texts.
  if (column.kind === 'number') return undefined;
  return kind === 'boolean' ? readBooleans(column, rows, table, parseDeclaredBoolean) : readCategories(column, rows);
}

function readNumbers(column: TextColumn | NumberColumn, rows: Int32Array, table: RawTable): FeatureColumn | undefined {
  const values = takeNumbers(
    column,
    rows,
    table,
    'a number',
    'declare it categorical under data.types, or correct the cell',
  );
  const empty = values.every((value) => Number.isNaN(value));
  return empty ? undefined : { kind: 'numeric', name: column.name, values };
}

/**
 * The numbers of a column, in shared memory; ISO dates count as milliseconds since 1970. NaN is missing.
 * @param wanted what the values are to be, for the message about a text that is neither.
 * @param remedy what to do about it.
 */
export function takeNumbers(
  column: TextColumn | NumberColumn,
  rows: Int32Array,
  table: RawTable,
  wanted: string,
  remedy: string,
): Float64Array {
  const values = sharedFloats(rows.length);
  if (column.kind === 'number') gather(column.values, rows, values);
  else gatherMeanings(column, rows, values, table, wanted, remedy);
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (value > GREATEST_MAGNITUDE || value < -GREATEST_MAGNITUDE) {
      throw dataProblem(
        table.place(rows[index]!, column.name),
        `must be between -${GREATEST_MAGNITUDE} and ${GREATEST_MAGNITUDE}, got ${value}`,
        'leave the cell empty where the value is not known, or exclude the column',
      );
    }
  }
  return values;
}

function gather(source: Float64Array, rows: Int32Array, values: Float64Array): void {
  for (let index = 0; index < rows.length; index++) values[index] = source[rows[index]!]!;
}

function gatherMeanings(
  { name, codes, texts }: TextColumn,
  rows: Int32Array,
  values: Float64Array,
  table: RawTable,
  wanted: string,
  remedy: string,
): void {
  const meanings = Float64Array.from(texts, parseNumberOrDate);
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!;
    const code = codes[row]!;
    values[index] = code < 0 ? Number.NaN : meanings[code]!;
    if (code >= 0 && Number.isNaN(values[index])) {
      throw dataProblem(table.place(row, name), `must be ${wanted}, got '${shorten(texts[code]!)}'`, remedy);
    }
  }
}

function parseNumberOrDate(text: string): number {
  const value = parseNumber(text);
  return Number.isNaN(value) ? parseIsoDate(text) : value;
}

function readBooleans(
  column: TextColumn,
  rows: Int32Array,
  table: RawTable,
  parse: (text: string) => boolean | undefined,
): FeatureColumn | undefined {
  const meanings = column.texts.map(parse);
  const values = sharedFloats(rows.length);
  let empty = true;
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!;
    const code = column.codes[row]!;
    const meaning = code === -1 ? undefined : meanings[code];
    if (code !== -1 && meaning === undefined) {
      throw dataProblem(
        table.place(row, column.name),
        `must be true or false, yes or no, 1 or 0, got '${shorten(column.texts[code] ?? '')}'`,
        'declare it categorical under data.types, or correct the cell',
      );
    }
    if (meaning !== undefined) empty = false;
    values[index] = meaning === undefined ? Number.NaN : meaning ? 1 : 0;
  }
  return empty ? undefined : { kind: 'boolean', name: column.name, values };
}

function readCategories(column: TextColumn, rows: Int32Array): FeatureColumn | undefined {
  const { codes, categories } = takeCategories(column, rows);
  return categories.length === 0 ? undefined : { kind: 'categorical', name: column.name, codes, categories };
}

/** The texts that occur in these rows, sorted by code unit, and the index of each row's text; -1 is missing. */
export function takeCategories(column: TextColumn, rows: Int32Array) {
  const newCode = new Int32Array(column.texts.length).fill(-1);
  for (const row of rows) {
    const code = column.codes[row]!;
    if (code >= 0) newCode[code] = 0;
  }
  const categories = column.texts.filter((_, code) => newCode[code] === 0).sort();
  const place = new Map(categories.map((text, index) => [text, index]));
  column.texts.forEach((text, code) => {
    newCode[code] = place.get(text) ?? -1;
  });
  const codes = sharedIntegers(rows.length);
  for (let index = 0; index < rows.length; index++) {
    const code = column.codes[rows[index]!]!;
    codes[index] = code < 0 ? -1 : newCode[code]!;
  }
  return { codes, categories };
}
