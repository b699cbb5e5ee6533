import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addProduct,
  addTransposedProduct,
  productWithTransposed,
} from '../../../src/trainers/neural/matrix-multiply.js';

const sizes = fc.tuple(
  fc.integer({ min: 1, max: 9 }),
  fc.integer({ min: 1, max: 9 }),
  fc.integer({ min: 1, max: 9 }),
  fc.integer(),
);

/** Small whole numbers, whose products and sums are exact in any order. */
function matrix(length: number, seed: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => ((Math.imul(i + 1, 2654435761) ^ seed) % 17) | 0);
}

function transposed(values: Float64Array, rows: number, columns: number): Float64Array {
  return values.map((_, at) => values[(at % rows) * columns + Math.floor(at / rows)]!);
}

function naive(left: Float64Array, right: Float64Array, rows: number, inner: number, columns: number): Float64Array {
  return Float64Array.from({ length: rows * columns }, (_, at) => {
    let sum = 0;
    for (let k = 0; k < inner; k++) {
      sum += left[Math.floor(at / columns) * inner + k]! * right[k * columns + (at % columns)]!;
    }
    return sum;
  });
}

test('all three products are those of the definition', () => {
  fc.assert(
    fc.property(sizes, ([rows, inner, columns, seed]) => {
      const left = matrix(rows * inner, seed);
      const right = matrix(inner * columns, seed + 1);
      const product = naive(left, right, rows, inner, columns);
      const start = matrix(rows * columns, seed + 2);
      const expected = product.map((value, i) => value + start[i]!);
      const plain = start.slice();
      addProduct(left, right, plain, rows, inner, columns);
      expect(plain).toEqual(expected);
      const fromTransposed = start.slice();
      addTransposedProduct(transposed(left, rows, inner), right, fromTransposed, inner, rows, columns);
      expect(fromTransposed).toEqual(expected);
      const set = start.slice();
      productWithTransposed(left, transposed(right, inner, columns), set, rows, inner, columns);
      expect(set.map((value) => value + 0)).toEqual(product.map((value) => value + 0));
    }),
  );
});
