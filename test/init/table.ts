import type { RawColumn, RawTable } from '../../src/data/raw-table.js';

export function numbers(name: string, values: readonly number[]): RawColumn {
  return { kind: 'number', name, values: Float64Array.from(values) };
}

export function texts(name: string, values: readonly (string | undefined)[], overflowed = false): RawColumn {
  const different = [...new Set(values.filter((value) => value !== undefined))];
  const codes = Int32Array.from(values, (value) => (value === undefined ? -1 : different.indexOf(value)));
  return { kind: 'text', name, codes, texts: different, overflowed };
}

export function table(...columns: readonly RawColumn[]): RawTable {
  return { file: 'data.csv', rows: 0, columns, place: () => ({ file: 'data.csv' }) };
}

export function range(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => index);
}
