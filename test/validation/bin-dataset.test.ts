import { describe, expect, test } from 'vitest';
import type { FeatureColumn } from '../../src/data/dataset.js';
import { binMatrix, cellFinder, columnBins } from '../../src/trainers/trees/bins/binned-features.js';
import { binDataset } from '../../src/validation/bin-dataset.js';
import { regressionTable, rowNumbers } from './datasets.js';

function tableOf(rows: number, features: readonly FeatureColumn[]) {
  return regressionTable(Array<number>(rows).fill(0), { features });
}

describe('binDataset', () => {
  test('codes of numbers, a missing one, booleans and categories', () => {
    const binned = binDataset(
      tableOf(4, [
        { kind: 'numeric', name: 'n', values: Float64Array.of(3, Number.NaN, 1, Number.POSITIVE_INFINITY) },
        { kind: 'boolean', name: 'b', values: Float64Array.of(0, 1, 1, Number.NaN) },
        { kind: 'categorical', name: 'c', codes: Int32Array.of(1, 0, -1, 1), categories: ['x', 'y'] },
      ]),
      rowNumbers(4),
    );
    expect(binned.bins.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect([...columnBins(binned, 0)]).toEqual([1, 3, 0, 2]);
    expect([...columnBins(binned, 1)]).toEqual([0, 1, 1, 2]);
    expect([...columnBins(binned, 2)]).toEqual([1, 0, 2, 1]);
  });

  test('bins are learned from the visible rows only', () => {
    const column = (hidden: number): FeatureColumn => {
      return { kind: 'numeric', name: 'n', values: Float64Array.of(1, 2, 3, hidden) };
    };
    const visible = Int32Array.of(0, 1, 2);
    const one = binDataset(tableOf(4, [column(100)]), visible);
    const other = binDataset(tableOf(4, [column(-100)]), visible);
    expect(one.columns).toEqual(other.columns);
    expect(columnBins(one, 0)[3]).toBe(2);
    expect(columnBins(other, 0)[3]).toBe(0);
  });

  test('of more than 255 categories the rarest share the last bin', () => {
    const categories = Array.from({ length: 300 }, (_, i) => `c${i}`);
    const codes = Int32Array.from({ length: 900 }, (_, row) => (row < 300 ? row : row % 200));
    const binned = binDataset(tableOf(900, [{ kind: 'categorical', name: 'c', codes, categories }]), rowNumbers(900));
    const cells = columnBins(binned, 0);
    expect(binned.columns[0]!.binCount).toBe(255);
    expect(new Set(cells.subarray(0, 200)).size).toBe(200);
    expect(cells[299]).toBe(254);
  });

  test('a matrix gets the same bins, and a raw value the code of its row', () => {
    const values = Float64Array.from({ length: 1000 }, (_, row) => Math.sin(row) * 10 ** (row % 7));
    values[17] = Number.NaN;
    const dataset = binDataset(tableOf(1000, [{ kind: 'numeric', name: 'n', values }]), rowNumbers(1000));
    const matrix = binMatrix({ data: values, rows: 1000, columns: 1 }, ['n']);
    expect(matrix.columns).toEqual(dataset.columns);
    expect(matrix.bins).toEqual(dataset.bins);
    const codes = Array.from(values, (value) => cellFinder(dataset.columns[0]!).cell(value));
    expect(codes).toEqual([...dataset.bins]);
  });
});
