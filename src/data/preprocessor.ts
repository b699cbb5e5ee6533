import { DataError } from '../errors.js';
import type { Matrix } from '../matrix.js';
import { fitScaling, imputeValue, type Scaling, scaleValue, UNSCALED } from './column-statistics.js';
import type { Dataset, FeatureColumn } from './dataset.js';
import type { Preprocessing } from './preprocessing-options.js';

/** Statistics learned from the training rows of one fold. */
export interface FittedPreprocessor {
  /** Names of the columns that come out. */
  readonly columns: readonly string[];
  /** @param rows row numbers of the dataset. @returns rows.length x columns. */
  transform(rows: Int32Array): Matrix;
}

/** Writes one column of the dataset into the columns that come of it. */
interface ColumnWriter {
  /** Names of the columns that come out. */
  readonly names: readonly string[];
  /**
   * @param rows row numbers of the dataset; those from `start` up to `end` are written.
   * @param out rows.length x width, row-major, all 0 where this column writes.
   * @param offset first of the columns that come out.
   */
  write(rows: Int32Array, start: number, end: number, out: Float64Array, width: number, offset: number): void;
}

/** Rows written at a time: every column of such a block fits in the cache. */
const BLOCK_ROWS = 512;

/**
 * Learns from the training rows, and from nothing else, how each column is made fit for a model, as a scikit-learn user
 * would with a ColumnTransformer:
 * - numeric: missing values imputed, then scaled;
 * - boolean: one column of 0 and 1, missing ones by the most frequent, never scaled;
 * - categorical, never scaled; a missing category is a category of its own, after the others:
 *   `onehot` a 0/1 column a category of the training rows, all 0 for one that they lack;
 *   `ordinal` its rank among the categories of the training rows, -1 for one that they lack;
 *   `native` its index among the categories of the dataset, NaN when missing.
 *
 * @throws DataError when `impute: none` leaves missing values and the encoding is not `native`.
 */
export function fitPreprocessor(dataset: Dataset, trainRows: Int32Array, options: Preprocessing): FittedPreprocessor {
  const incomplete = leavesMissing(options) ? incompleteColumn(dataset) : undefined;
  if (incomplete !== undefined) {
    throw new DataError(
      `preprocess.impute: none leaves missing values in column '${incomplete}', which no model takes unless encode is ` +
        'native; use mean, median or most_frequent',
    );
  }
  const writers = dataset.features.map((column) => fitColumn(column, trainRows, options));
  const columns = writers.flatMap((writer) => writer.names);
  return {
    columns,
    transform(rows) {
      const width = columns.length;
      const data = new Float64Array(rows.length * width);
      for (let start = 0; start < rows.length; start += BLOCK_ROWS) {
        const end = Math.min(start + BLOCK_ROWS, rows.length);
        let offset = 0;
        for (const writer of writers) {
          writer.write(rows, start, end, data, width, offset);
          offset += writer.names.length;
        }
      }
      return { data, rows: rows.length, columns: width };
    },
  };
}

/** Whether missing numbers stay missing in an encoding that has no place for them. */
export function leavesMissing({ impute, encode }: Pick<Preprocessing, 'impute' | 'encode'>): boolean {
  return impute === 'none' && encode !== 'native';
}

/** Name of the first numeric or boolean feature that lacks a value somewhere; a missing category is a category. */
export function incompleteColumn(dataset: Dataset): string | undefined {
  return dataset.features.find((column) => column.kind !== 'categorical' && hasMissing(column.values))?.name;
}

function fitColumn(column: FeatureColumn, trainRows: Int32Array, options: Preprocessing): ColumnWriter {
  if (column.kind === 'categorical') {
    if (options.encode === 'native') return writeCodes(column);
    const ranks = rankCategories(column, trainRows);
    return options.encode === 'onehot' ? writeOneHot(column, ranks) : writeRanks(column, ranks);
  }
  let fill = Number.NaN;
  if (options.impute !== 'none' && hasMissing(column.values)) {
    fill = imputeValue(
      knownValues(column.values, trainRows, fill),
      column.kind === 'boolean' ? 'most_frequent' : options.impute,
    );
  }
  const scaling =
    column.kind === 'boolean' ? UNSCALED : fitScaling(knownValues(column.values, trainRows, fill), options.scale);
  return writeNumbers(column, fill, scaling);
}

function hasMissing(values: Float64Array): boolean {
  for (let row = 0; row < values.length; row++) if (Number.isNaN(values[row])) return true;
  return false;
}

/** Training values, missing ones replaced by `fill`, or left out when that is NaN. */
function knownValues(values: Float64Array, rows: Int32Array, fill: number): Float64Array {
  const taken = new Float64Array(rows.length);
  let count = 0;
  for (let index = 0; index < rows.length; index++) {
    const value = values[rows[index]!]!;
    if (!Number.isNaN(value)) taken[count++] = value;
    else if (!Number.isNaN(fill)) taken[count++] = fill;
  }
  return taken.subarray(0, count);
}

type NumberColumn = Exclude<FeatureColumn, { kind: 'categorical' }>;
type CategoricalColumn = Extract<FeatureColumn, { kind: 'categorical' }>;

function writeNumbers({ name, values }: NumberColumn, fill: number, scaling: Scaling): ColumnWriter {
  const filled = scaleValue(fill, scaling);
  return {
    names: [name],
    write(rows, start, end, out, width, offset) {
      for (let index = start, at = start * width + offset; index < end; index++, at += width) {
        const value = values[rows[index]!]!;
        out[at] = Number.isNaN(value) ? filled : scaleValue(value, scaling);
      }
    },
  };
}

interface Ranks {
  /** Rank among those of the training rows by category code, the missing one at `categories.length`; -1 if not there. */
  readonly byCode: Int32Array;
  /** Category codes in the order of rank. */
  readonly codes: readonly number[];
}

function rankCategories({ codes, categories }: CategoricalColumn, trainRows: Int32Array): Ranks {
  const byCode = new Int32Array(categories.length + 1).fill(-1);
  for (let index = 0; index < trainRows.length; index++) {
    const code = codes[trainRows[index]!]!;
    byCode[code < 0 ? categories.length : code] = 0;
  }
  const seen: number[] = [];
  for (let code = 0; code < byCode.length; code++) if (byCode[code] === 0) byCode[code] = seen.push(code) - 1;
  return { byCode, codes: seen };
}

function writeOneHot({ name, codes, categories }: CategoricalColumn, ranks: Ranks): ColumnWriter {
  const { byCode } = ranks;
  return {
    names: ranks.codes.map((code) => `${name}=${categories[code] ?? '(missing)'}`),
    write(rows, start, end, out, width, offset) {
      for (let index = start, at = start * width + offset; index < end; index++, at += width) {
        const code = codes[rows[index]!]!;
        const rank = byCode[code < 0 ? categories.length : code]!;
        if (rank >= 0) out[at + rank] = 1;
      }
    },
  };
}

function writeRanks({ name, codes, categories }: CategoricalColumn, { byCode }: Ranks): ColumnWriter {
  return {
    names: [name],
    write(rows, start, end, out, width, offset) {
      for (let index = start, at = start * width + offset; index < end; index++, at += width) {
        const code = codes[rows[index]!]!;
        out[at] = byCode[code < 0 ? categories.length : code]!;
      }
    },
  };
}

function writeCodes({ name, codes }: CategoricalColumn): ColumnWriter {
  return {
    names: [name],
    write(rows, start, end, out, width, offset) {
      for (let index = start, at = start * width + offset; index < end; index++, at += width) {
        const code = codes[rows[index]!]!;
        out[at] = code < 0 ? Number.NaN : code;
      }
    },
  };
}
