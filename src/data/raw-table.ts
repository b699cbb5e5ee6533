import type { DataPlace } from './data-problem.js';

/** A column as it was read, before anyone decided what it is for. Length rows. */
export type RawColumn =
  | { readonly kind: 'number'; readonly name: string /** NaN is missing. */; readonly values: Float64Array }
  | {
      readonly kind: 'text';
      readonly name: string;
      /** Index into `texts`; -1 is missing, -2 a text beyond the limit of different ones. */
      readonly codes: Int32Array;
      /** Different texts in the order in which they appeared, blanks around them cut. */
      readonly texts: readonly string[];
      /** Whether there are more different texts than were kept. */
      readonly overflowed: boolean;
    }
  /** Not asked for. */
  | { readonly kind: 'skipped'; readonly name: string };

/** One that was asked for. */
export type ReadColumn = Exclude<RawColumn, { kind: 'skipped' }>;

export interface RawTable {
  readonly file: string;
  readonly rows: number;
  readonly columns: readonly RawColumn[];
  /** Where a row (0-based) stands in the file. */
  place(row: number, name?: string): DataPlace;
}

/** How a column is to be read. */
export interface ColumnRequest {
  /** `infer`: numbers if every cell is one, else text; `text`: as it stands. */
  readonly mode: 'infer' | 'text' | 'skip';
  /** How many different texts are kept at the most. */
  readonly mostTexts: number;
}

export type RequestColumn = (name: string) => ColumnRequest;

export function isMissing(column: RawColumn, row: number): boolean {
  if (column.kind === 'number') return Number.isNaN(column.values[row]);
  return column.kind === 'skipped' || column.codes[row] === -1;
}
