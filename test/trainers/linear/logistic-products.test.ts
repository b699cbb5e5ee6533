import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/random.js';
import {
  type LogisticProducts,
  mostGramColumns,
  ScalarLogisticProducts,
} from '../../../src/trainers/linear/logistic-products.js';
import { rowShares } from '../../../src/trainers/linear/row-shares.js';
import { standardizeColumns } from '../../../src/trainers/linear/standardized-columns.js';
import { createLogisticProducts, WasmLogisticProducts } from '../../../src/trainers/linear/wasm-logistic-products.js';

const random = new Random(3, 'products');
const normals = (length: number) => Float64Array.from({ length }, () => random.normal());

/** Numbers of several sizes, and the second column constant. */
function createTable(rows: number, columns: number, outputs: number, weighted: boolean) {
  const data = normals(rows * columns).map((value, at) => (at % columns === 1 ? 7 : value * 10 ** (at % 3) + 5));
  const weights = weighted ? Float64Array.from({ length: rows }, (_, i) => i % 3) : undefined;
  return [{ data, rows, columns }, rowShares(rows, weights), outputs] as const;
}

/** The scores as they were, a row of them a row; what replaces them depends on score, row and output. */
function differentiate(products: LogisticProducts, outputs: number, v: Float64Array, gradient: Float64Array) {
  const seen: number[] = [];
  products.differentiate(v, gradient, (from, to) => {
    const { scores, stride, exponentials, sigmoids } = products;
    for (let row = from, i = 0; row < to; row++, i++) {
      for (let k = 0; k < outputs; k++) {
        seen.push(scores[i * stride + k]!);
        if (outputs === 1) seen.push(exponentials[i]!, sigmoids[i]!);
        scores[i * stride + k] = Math.sin(scores[i * stride + k]! + row + k);
      }
    }
  });
  return seen;
}

describe.each([
  [1, 1, 1],
  [5, 2, 1],
  [8, 3, 1],
  [21, 4, 1],
  [90, 7, 1],
  [2600, 31, 1],
  [1, 1, 2],
  [3, 2, 3],
  [4, 5, 4],
  [6, 3, 5],
  [7, 9, 10],
  [33, 17, 26],
  [1500, 8, 6],
])('%d rows, %d columns, %d outputs', (rows, columns, outputs) => {
  test.each([false, true])('WebAssembly gives the bits of its reference, weighted %s', (weighted) => {
    const table = createTable(rows, columns, outputs, weighted);
    const scalar = new ScalarLogisticProducts(...table);
    const fast = createLogisticProducts(...table);
    expect(fast).toBeInstanceOf(WasmLogisticProducts);
    const standardized = standardizeColumns(scalar);
    expect(standardizeColumns(fast)).toEqual(standardized);
    const size = standardized.kept.length;
    if (size <= mostGramColumns(rows))
      for (const step of [1, 3]) expect(upper(fast.gram(step))).toEqual(upper(scalar.gram(step)));
    const [expected, actual] = [normals(outputs * (size + 1)), normals(outputs * (size + 1))];
    for (let round = 0; round < 2; round++) {
      const v = normals(outputs * (size + 1)).map((value) => value * 20 ** round);
      expect(differentiate(fast, outputs, v, actual)).toEqual(differentiate(scalar, outputs, v, expected));
      expect(actual).toEqual(expected);
    }
  });

  test('the reference is what the products are by definition', () => {
    const [features, shares] = createTable(rows, columns, outputs, true);
    const scalar = new ScalarLogisticProducts(features, shares, outputs);
    const { data, kept } = standardizeColumns(scalar);
    const size = kept.length;
    const v = normals(outputs * (size + 1));
    const gradient = new Float64Array(v.length);
    const scores = differentiate(scalar, outputs, v, gradient).filter((_, at) => outputs > 1 || at % 3 === 0);
    const expected = new Float64Array(v.length);
    for (let i = 0; i < rows; i++) {
      for (let k = 0; k < outputs; k++) {
        let score = v[outputs * size + k]!;
        for (let j = 0; j < size; j++) score += data[i * size + j]! * v[k * size + j]!;
        expect(scores[i * outputs + k]).toBeCloseTo(score, 10);
        const replaced = Math.sin(scores[i * outputs + k]! + i + k);
        for (let j = 0; j < size; j++) expected[k * size + j]! += replaced * data[i * size + j]!;
        expected[outputs * size + k]! += replaced;
      }
    }
    for (let at = 0; at < v.length; at++) expect(gradient[at]).toBeCloseTo(expected[at]!, 8);
    const gram = scalar.gram(2);
    for (let j = 0; j < size; j++) {
      for (let k = j; k < size; k++) {
        let sum = 0;
        for (let i = 0; i < rows; i += 2) sum += shares[i]! * data[i * size + j]! * data[i * size + k]!;
        expect(gram[j * size + k]).toBeCloseTo(sum, 10);
      }
    }
  });
});

/** Of a square matrix. */
function upper(matrix: Float64Array): Float64Array {
  const size = Math.sqrt(matrix.length);
  return matrix.filter((_, at) => at % size >= Math.floor(at / size));
}

test('the second column, constant, is not kept', () => {
  const table = createTable(40, 3, 1, false);
  expect(standardizeColumns(createLogisticProducts(...table)).kept).toEqual(Int32Array.of(0, 2));
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])('a value of %s is noticed', (value) => {
  for (const weighted of [false, true]) {
    const table = createTable(40, 3, 1, weighted);
    expect(standardizeColumns(new ScalarLogisticProducts(...table)).finite).toBe(true);
    table[0].data[60] = value;
    expect(standardizeColumns(new ScalarLogisticProducts(...table)).finite).toBe(false);
    expect(standardizeColumns(createLogisticProducts(...table)).finite).toBe(false);
  }
});
