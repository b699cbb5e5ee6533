import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '../../../src/random.js';
import { forEachNearest } from '../../../src/trainers/neighbors/euclidean-blocks.js';
import { NearestList } from '../../../src/trainers/neighbors/nearest-list.js';
import { nearestEuclidean } from '../../../src/trainers/neighbors/nearest-rows.js';
import {
  createPointProducts,
  POINTS,
  ScalarPointProducts,
  WasmPointProducts,
} from '../../../src/trainers/neighbors/point-products.js';

function numbers(random: Random, length: number): Float64Array {
  return Float64Array.from({ length }, () => 1e3 * random.normal());
}

test('products in WebAssembly and in TypeScript have the same bits, whatever the block before held', () => {
  const sizes = fc.array(fc.tuple(fc.integer({ min: 1, max: POINTS }), fc.integer({ min: 1, max: 32 })), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 40 }), sizes, (seed, columns, blocks) => {
      const random = new Random(seed, 'products');
      const wasm = createPointProducts(columns, 1e6, 1e6);
      expect(wasm).toBeInstanceOf(WasmPointProducts);
      const scalar = new ScalarPointProducts(columns, wasm.stride);
      for (const [points, queries] of blocks) {
        const [pointData, queryData] = [numbers(random, points * columns), numbers(random, queries * columns)];
        for (const products of [wasm, scalar]) {
          products.setQueries(queryData);
          products.multiply(pointData);
        }
        const used = points * wasm.stride;
        expect(wasm.products.subarray(0, used)).toEqual(scalar.products.subarray(0, used));
        let product = 0;
        for (let j = 0; j < columns; j++) product += pointData[j]! * queryData[j]!;
        expect(wasm.products[0]).toBeCloseTo(product, 5);
      }
    }),
    { numRuns: 60 },
  );
});

test('few rows are multiplied without a memory of their own', () => {
  const few = createPointProducts(10, 100, 5);
  expect([few instanceof ScalarPointProducts, few.stride]).toEqual([true, 5]);
});

test.each([0, 1e7])('the nearest of many, around %d, are those that sums of squares give', (middle) => {
  const random = new Random(1, 'many');
  const columns = 11;
  const table = (rows: number) => {
    const data = Float64Array.from({ length: rows * columns }, () => middle + random.normal());
    return { data, rows, columns };
  };
  const [points, queries] = [table(700), table(301)];
  const alone = new NearestList(9);
  forEachNearest(points, queries, 9, (query, nearest) => {
    nearestEuclidean(points, queries.data, query * columns, alone);
    expect([nearest.rows, nearest.distances]).toEqual([alone.rows, alone.distances]);
  });
});
