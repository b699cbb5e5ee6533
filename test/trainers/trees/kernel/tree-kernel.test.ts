import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classScratch, classSumBytes } from '../../../../src/trainers/trees/kernel/class-scratch.js';
import {
  CELL_BYTES,
  FREE_ADDRESS,
  GOES_LEFT_ADDRESS,
  LIST_ADDRESS,
  PRESENT_ADDRESS,
  RESULT_ADDRESS,
  STEP_ADDRESS,
} from '../../../../src/trainers/trees/kernel/memory-layout.js';
import { createScalarTreeKernel } from '../../../../src/trainers/trees/kernel/scalar-tree-kernel.js';
import { isForHistogram } from '../../../../src/trainers/trees/kernel/summing-order.js';
import type { TreeKernel } from '../../../../src/trainers/trees/kernel/tree-kernel.js';
import { createTreeKernel, createWasmTreeKernel } from '../../../../src/trainers/trees/kernel/wasm-tree-kernel.js';

const MEMORY_BYTES = 2 ** 20;
const ROWS = 90;
const CODES = 40;

// Where a case lies in the memory of a kernel.
const OFFSETS = FREE_ADDRESS;
const POSITIONS = OFFSETS + 64;
const SPARE = POSITIONS + 4 * ROWS;
const PAIRS = SPARE + 4 * (ROWS + 2);
const CODES_ADDRESS = PAIRS + 8 * ROWS;
const WHOLE = Math.ceil((CODES_ADDRESS + 9 * ROWS) / 64) * 64;
const HISTOGRAM = WHOLE + 2 ** 13;
const OTHER = HISTOGRAM + 9 * (CODES + 1) * CELL_BYTES;

const single = fc.oneof(
  fc.float({ min: -8, max: 8, noNaN: true }),
  fc.float({ min: Math.fround(-1e15), max: Math.fround(1e15), noNaN: true }),
  fc.constantFrom(0, -0, 1, 2, Math.fround(1e-40)),
);
const weight = fc.oneof(fc.constantFrom(1, 2, 3), fc.float({ min: Math.fround(0.01), max: 100, noNaN: true }));

const cases = fc.record({
  slots: fc.integer({ min: 1, max: 9 }),
  /** Few codes make long runs of one cell. */
  codes: fc.integer({ min: 1, max: CODES }),
  rows: fc.integer({ min: 2, max: ROWS }),
  seed: fc.integer(),
  firsts: fc.array(single, { minLength: ROWS, maxLength: ROWS }),
  seconds: fc.array(weight, { minLength: ROWS, maxLength: ROWS }),
  leastRows: fc.integer({ min: 1, max: 12 }),
  l2: fc.constantFrom(0, 0.5, 10),
});

type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

/** Puts a case into the memory; classes instead of the first number of each pair where `classCount` is given. */
function load(kernel: TreeKernel, { slots, codes, rows, seed, firsts, seconds }: Case, classCount?: number): void {
  const bytes = new Uint8Array(kernel.buffer, CODES_ADDRESS, slots * ROWS);
  let state = seed | 1;
  for (let i = 0; i < bytes.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    bytes[i] = (state >>> 8) % codes;
  }
  const pairs = new Float32Array(kernel.buffer, PAIRS, 2 * ROWS);
  const classes = new Int32Array(kernel.buffer, PAIRS, 2 * ROWS);
  for (let i = 0; i < ROWS; i++) {
    if (classCount === undefined) pairs[2 * i] = firsts[i]!;
    else classes[2 * i] = ((i * 7 + seed) >>> 0) % classCount;
    pairs[2 * i + 1] = seconds[i]!;
  }
  const positions = new Int32Array(kernel.buffer, POSITIONS, ROWS);
  for (let i = 0; i < ROWS; i++) positions[i] = (i * 37 + 5) % ROWS;
  positions.subarray(0, rows).sort();
  const offsets = new Int32Array(kernel.buffer, OFFSETS, slots);
  for (let slot = 0; slot < slots; slot++) offsets[slot] = slot * (CODES + 1) * CELL_BYTES;
  new Uint8Array(kernel.buffer, HISTOGRAM, 2 * 9 * (CODES + 1) * CELL_BYTES).fill(0);
  const goesLeft = new Uint8Array(kernel.buffer, GOES_LEFT_ADDRESS, 256);
  for (let code = 0; code < 256; code++) goesLeft[code] = (code * 5 + seed) & 1;
}

const kernels = { wasm: createWasmTreeKernel(MEMORY_BYTES)!, scalar: createScalarTreeKernel(MEMORY_BYTES) };

/** What `work` gives and leaves behind in `regions` of the memory, by kernel. */
function expectSame(work: (kernel: TreeKernel) => unknown, ...regions: readonly (readonly [number, number])[]): void {
  const [ours, reference] = [kernels.wasm, kernels.scalar].map((kernel) => {
    const given = work(kernel);
    return {
      given,
      bytes: regions.map(([from, length]) => Buffer.from(kernel.buffer, from, length).toString('latin1')),
    };
  });
  expect(ours).toEqual(reference);
}

describe('tree kernels', () => {
  test('this runtime has the fast one; memories beyond 32 bits are not its own', () => {
    expect(createTreeKernel(100).buffer.byteLength).toBe(65536);
    expect(createWasmTreeKernel(2 ** 32)).toBeUndefined();
  });

  test('WebAssembly and TypeScript give the same bits: histograms, differences, scans', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { slots, rows, codes, leastRows, l2 } = given;
        const half = rows >> 1;
        const bytes = slots * (CODES + 1) * CELL_BYTES;
        const count = (kernel: TreeKernel, to: number, end: number) =>
          kernel.count(to, OFFSETS, slots, CODES_ADDRESS, PAIRS, POSITIONS, 0, end);
        expectSame(
          (kernel) => {
            load(kernel, given);
            count(kernel, HISTOGRAM, rows);
            count(kernel, OTHER, half);
          },
          [HISTOGRAM, bytes],
          [OTHER, bytes],
        );
        for (const [constant, curvature] of [
          [1, 0],
          [1e-16, 1],
        ] as const) {
          expectSame(
            (kernel) => {
              load(kernel, given);
              kernel.countGradients(
                HISTOGRAM,
                OFFSETS,
                slots,
                CODES_ADDRESS,
                PAIRS,
                POSITIONS,
                0,
                rows,
                constant,
                curvature,
              );
            },
            [HISTOGRAM, bytes],
          );
        }
        for (const kernel of Object.values(kernels)) {
          load(kernel, given);
          count(kernel, HISTOGRAM, rows);
          count(kernel, OTHER, half);
        }
        const doubles = (kernel: TreeKernel) => new Float64Array(kernel.buffer, 0, RESULT_ADDRESS / 8 + 4);
        for (const missing of [0, HISTOGRAM + (codes - 1) * CELL_BYTES]) {
          expectSame(
            (kernel) => {
              const pairs = new Float32Array(kernel.buffer, PAIRS, 2 * ROWS);
              const positions = new Int32Array(kernel.buffer, POSITIONS, rows);
              const sum = positions.reduce((total, position) => total + pairs[2 * position]!, 0);
              const hessian = positions.reduce((total, position) => total + pairs[2 * position + 1]!, 0);
              doubles(kernel).fill(0, RESULT_ADDRESS / 8);
              const bins = missing === 0 ? codes : codes - 1;
              const args = [missing, sum, hessian, rows, leastRows, 1e-3, l2, RESULT_ADDRESS] as const;
              return kernel.scan(HISTOGRAM, bins, ...args);
            },
            [RESULT_ADDRESS, 28],
          );
        }
        expectSame((kernel) => kernel.subtract(HISTOGRAM, OTHER, slots * (CODES + 1)), [HISTOGRAM, bytes]);
      }),
      { numRuns: 60 },
    );
  });

  test('the same bits: divisions of the rows of a node', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { slots, rows, codes } = given;
        const column = CODES_ADDRESS + slots - 1;
        const positions = [POSITIONS, 4 * ROWS] as const;
        expectSame((kernel) => {
          load(kernel, given);
          return kernel.partition(GOES_LEFT_ADDRESS, column, slots, POSITIONS, SPARE, 1, rows);
        }, positions);
        const middle = kernels.scalar.partition(GOES_LEFT_ADDRESS, column, slots, POSITIONS, SPARE, 1, rows);
        const divided = new Int32Array(kernels.scalar.buffer, POSITIONS, ROWS).slice();
        expectSame((kernel) => {
          load(kernel, given);
          kernel.partitionBack(GOES_LEFT_ADDRESS, column, slots, POSITIONS, SPARE, 1, rows, middle - 1);
          expect(new Int32Array(kernel.buffer, POSITIONS, ROWS)).toEqual(divided);
        }, positions);
        const bin = codes >> 1;
        const codeOf = (position: number) => {
          return new Uint8Array(kernels.scalar.buffer, CODES_ADDRESS, slots * ROWS)[position * slots + slots - 1]!;
        };
        for (const kernel of Object.values(kernels)) {
          load(kernel, given);
          new Uint8Array(kernel.buffer, STEP_ADDRESS, 256).fill(1);
          const node = Array.from(new Int32Array(kernel.buffer, POSITIONS, rows)).slice(1);
          const left = node.filter((position) => codeOf(position) <= bin);
          const right = node.filter((position) => codeOf(position) > bin);
          const place = kernel.partition(STEP_ADDRESS + 255 - bin, column, slots, POSITIONS, SPARE, 1, rows);
          expect(place).toBe(1 + left.length);
          expect(Array.from(new Int32Array(kernel.buffer, POSITIONS, rows)).slice(1)).toEqual([...left, ...right]);
        }
      }),
      { numRuns: 60 },
    );
  });

  /** Codes of the last slot in the node, ascending, each once. */
  function codesThatOccur({ buffer }: TreeKernel, { slots, rows }: Case): number[] {
    const codesOf = new Uint8Array(buffer, CODES_ADDRESS, slots * ROWS);
    const seen = new Int32Array(buffer, POSITIONS, rows);
    return [...new Set(Array.from(seen, (row) => codesOf[row * slots + slots - 1]!))].sort((a, b) => a - b);
  }

  /** What a kernel says of the best division, but for the score. */
  function division(kernel: TreeKernel): number[] {
    const isFound = Number.isFinite(new Float64Array(kernel.buffer, RESULT_ADDRESS, 1)[0]);
    return isFound ? Array.from(new Int32Array(kernel.buffer, RESULT_ADDRESS + 24, 3)) : [];
  }

  test('the same bits: the divisions of a node by its moments', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { slots, rows, codes, leastRows } = given;
        const column = CODES_ADDRESS + slots - 1;
        const node = [PAIRS, POSITIONS, 0, rows] as const;
        expectSame(
          (kernel) => {
            load(kernel, given);
            const differs = kernel.total(...node);
            const [sum, all] = new Float64Array(kernel.buffer, RESULT_ADDRESS + 8, 2);
            const divides = kernel.divide(column, slots, codes, ...node, sum!, all!, leastRows, -Infinity);
            expect(divides).toBe(codesThatOccur(kernel, given).length > 1 ? 1 : 0);
            return { differs, sum, all, divides, division: division(kernel) };
          },
          [RESULT_ADDRESS, 8],
        );
        expectSame((kernel) => {
          const length = kernel.list(column, slots, ...node);
          const present = Array.from(new Int32Array(kernel.buffer, PRESENT_ADDRESS, length));
          expect(present).toEqual(codesThatOccur(kernel, given));
          return present.map((_, place) => {
            const at = LIST_ADDRESS + place * CELL_BYTES;
            return [...new Float64Array(kernel.buffer, at, 2), new Int32Array(kernel.buffer, at + 16, 1)[0]];
          });
        });
      }),
      { numRuns: 100 },
    );
  });

  test('the same bits: range and left side of a threshold', () => {
    const classCount = 4;
    fc.assert(
      fc.property(cases, (given) => {
        const { slots, rows, codes } = given;
        const column = CODES_ADDRESS + slots - 1;
        const node = [PAIRS, POSITIONS, 0, rows] as const;
        load(kernels.scalar, given);
        const codesOf = new Uint8Array(kernels.scalar.buffer, CODES_ADDRESS, slots * ROWS);
        const positions = Array.from(new Int32Array(kernels.scalar.buffer, POSITIONS, rows));
        const seen = positions.map((row) => codesOf[row * slots + slots - 1]!);
        const values = seen.filter((code) => code !== codes - 1);
        for (const kernel of Object.values(kernels)) {
          load(kernel, given);
          expect(kernel.range(column, slots, codes - 1, POSITIONS, 0, rows)).toBe(rows - values.length);
          const bounds = Array.from(new Int32Array(kernel.buffer, RESULT_ADDRESS + 24, 2));
          expect(bounds).toEqual([Math.min(256, ...values), Math.max(-1, ...values)]);
        }
        const marked = seen.filter((code) => ((code * 5 + given.seed) & 1) === 1).length;
        expectSame((kernel) => {
          load(kernel, given);
          const count = kernel.totalLeft(GOES_LEFT_ADDRESS, column, slots, ...node);
          expect(count).toBe(marked);
          return Array.from(new Float64Array(kernel.buffer, RESULT_ADDRESS + 8, 2), (sum) => sum + 0);
        });
        expectSame(
          (kernel) => {
            load(kernel, given, classCount);
            new Float64Array(kernel.buffer, WHOLE, classCount).fill(0.5);
            const count = kernel.classesLeft(GOES_LEFT_ADDRESS, column, slots, ...node, WHOLE);
            expect(count).toBe(marked);
          },
          [WHOLE, 8 * classCount],
        );
      }),
      { numRuns: 60 },
    );
  });

  test('the same bits: the divisions of a node by classes', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 3, max: 5 }), (given, classCount) => {
        const { slots, rows, codes, leastRows } = given;
        const column = CODES_ADDRESS + slots - 1;
        const node = [PAIRS, POSITIONS, 0, rows] as const;
        const scratch = classScratch(WHOLE, classCount, ROWS);
        const codeRows = OTHER + 8 * classCount * (CODES + 1);
        expectSame(
          (kernel) => {
            load(kernel, given, classCount);
            new Uint8Array(kernel.buffer, WHOLE, scratch.end - WHOLE).fill(0);
            const only = kernel.totalClasses(...node, WHOLE, classCount);
            if (only >= 0) return { only };
            const [all, squares] = new Float64Array(kernel.buffer, RESULT_ADDRESS + 8, 2);
            const { sortedRows } = scratch;
            const args = [...node, WHOLE, classCount, sortedRows, squares!, all!, leastRows, -Infinity] as const;
            const divides = kernel.divideClasses(column, slots, codes, ...args);
            expect(divides).toBe(codesThatOccur(kernel, given).length > 1 ? 1 : 0);
            return { all, squares, divides, division: division(kernel) };
          },
          [WHOLE, 8 * classCount],
          [RESULT_ADDRESS, 8],
          [scratch.histogram, scratch.end - scratch.histogram],
        );
        expectSame(
          (kernel) => {
            const length = kernel.sortClasses(column, slots, ...node, scratch.sorted);
            const present = Array.from(new Int32Array(kernel.buffer, PRESENT_ADDRESS, length));
            expect(present).toEqual(codesThatOccur(kernel, given));
            new Int32Array(kernel.buffer, codeRows, CODES + 1).fill(0);
            kernel.countClasses(OTHER, codeRows, classCount, column, slots, ...node);
            return Array.from(new Int32Array(kernel.buffer, LIST_ADDRESS, length));
          },
          [scratch.sorted, 8 * rows],
          [OTHER, 8 * classCount * (CODES + 1) + 4 * (CODES + 1)],
        );
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    // 16 rows or fewer are sorted by code; more are if 8 times the rows are no more than codes x classes, in pairs.
    { codes: 10, classCount: 3, sortedRows: 16 },
    { codes: 37, classCount: 5, sortedRows: 27 },
    { codes: 40, classCount: 10, sortedRows: 50 },
  ])('both sort $sortedRows rows of $codes codes and $classCount classes, and sum more of them up', (node) => {
    const { codes, classCount, sortedRows } = node;
    expect(isForHistogram(sortedRows, codes, classSumBytes(classCount) / 8)).toBe(false);
    expect(isForHistogram(sortedRows + 1, codes, classSumBytes(classCount) / 8)).toBe(true);
    const scratch = classScratch(WHOLE, classCount, ROWS);
    // Sums in another order are rounded otherwise: a kernel that went the other way would give other bits.
    for (const given of fc.sample(cases, { numRuns: 50, seed: 1 })) {
      for (const rows of [sortedRows, sortedRows + 1]) {
        const column = CODES_ADDRESS + given.slots - 1;
        const at = [PAIRS, POSITIONS, 0, rows] as const;
        expectSame(
          (kernel) => {
            load(kernel, { ...given, rows, codes }, classCount);
            new Uint8Array(kernel.buffer, WHOLE, scratch.end - WHOLE).fill(0);
            kernel.totalClasses(...at, WHOLE, classCount);
            const [all, squares] = new Float64Array(kernel.buffer, RESULT_ADDRESS + 8, 2);
            const sums = [WHOLE, classCount, scratch.sortedRows, squares!, all!, 1, -Infinity] as const;
            kernel.divideClasses(column, given.slots, codes, ...at, ...sums);
          },
          [RESULT_ADDRESS, 8],
        );
      }
    }
  });
});
