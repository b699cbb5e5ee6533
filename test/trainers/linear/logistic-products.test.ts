import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/random.js';
import {
  createLogisticProducts,
  ScalarLogisticProducts,
  WasmLogisticProducts,
} from '../../../src/trainers/linear/logistic-products.js';
import { LOGISTIC_PRODUCTS_SOURCE_HASH } from '../../../src/trainers/linear/logistic-products-module.js';

const random = new Random(3, 'products');
const normals = (length: number) => Float64Array.from({ length }, () => random.normal());

describe.each([
  [1, 1, 2],
  [3, 2, 3],
  [4, 5, 4],
  [6, 3, 5],
  [7, 9, 10],
  [33, 17, 26],
])('%d rows, %d columns, %d outputs', (rows, columns, outputs) => {
  const data = normals(rows * columns);
  const shape = { rows, columns, outputs };
  const scalar = new ScalarLogisticProducts(data, shape);
  const fast = createLogisticProducts(data, shape);

  test('WebAssembly gives the bits of its reference, also the second time', () => {
    expect(fast).toBeInstanceOf(WasmLogisticProducts);
    for (let round = 0; round < 2; round++) {
      const v = normals(outputs * (columns + 1));
      scalar.setScores(v);
      fast.setScores(v);
      for (let i = 0; i < rows; i++) {
        const own = fast.scores.subarray(i * fast.stride, i * fast.stride + outputs);
        expect(own).toEqual(scalar.scores.subarray(i * outputs, (i + 1) * outputs));
      }
      const start = normals(v.length);
      const [expected, actual] = [start.slice(), start.slice()];
      scalar.addGradient(expected);
      fast.addGradient(actual);
      expect(actual).toEqual(expected);
    }
  });

  test('the reference is what the products are by definition', () => {
    const v = normals(outputs * (columns + 1));
    scalar.setScores(v);
    const gradient = new Float64Array(v.length);
    const expected = new Float64Array(v.length);
    for (let i = 0; i < rows; i++) {
      for (let k = 0; k < outputs; k++) {
        let score = v[outputs * columns + k]!;
        for (let j = 0; j < columns; j++) score += data[i * columns + j]! * v[k * columns + j]!;
        expect(scalar.scores[i * outputs + k]).toBeCloseTo(score, 10);
        for (let j = 0; j < columns; j++) expected[k * columns + j]! += score * data[i * columns + j]!;
        expected[outputs * columns + k]! += score;
      }
    }
    scalar.addGradient(gradient);
    for (let at = 0; at < v.length; at++) expect(gradient[at]).toBeCloseTo(expected[at]!, 8);
  });
});

test('one output is left to TypeScript', () => {
  expect(createLogisticProducts(normals(6), { rows: 3, columns: 2, outputs: 1 })).toBeInstanceOf(
    ScalarLogisticProducts,
  );
});

test('the module that is checked in was compiled from the source', () => {
  const source = readFileSync(new URL('../../../assembly/logistic-products.ts', import.meta.url));
  expect(createHash('sha256').update(source).digest('hex')).toBe(LOGISTIC_PRODUCTS_SOURCE_HASH);
});
