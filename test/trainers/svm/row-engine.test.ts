import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { ScalarRowEngine } from '../../../src/trainers/svm/row-engine.js';
import { expNonPositive } from '../../../src/trainers/svm/single-exp.js';
import { createRowEngine, WasmRowEngine } from '../../../src/trainers/svm/wasm-row-engine.js';

const single = fc.oneof(
  fc.float({ min: -8, max: 8, noNaN: true }),
  fc.float({ min: Math.fround(-1e15), max: Math.fround(1e15), noNaN: true }),
  fc.constantFrom(0, -0, 1, Math.fround(1e-40)),
);

const MAX_ROWS = 40;
const MAX_COLUMNS = 9;

const pointSets = fc
  .tuple(fc.integer({ min: 1, max: MAX_ROWS }), fc.integer({ min: 0, max: MAX_COLUMNS }))
  .chain(([rows, columns]) =>
    fc.record({
      rows: fc.constant(rows),
      columns: fc.constant(columns),
      data: fc
        .array(single, { minLength: rows * columns, maxLength: rows * columns })
        .map((values) => Float32Array.from(values)),
      point: fc.array(single, { minLength: columns, maxLength: columns }).map((values) => Float32Array.from(values)),
    }),
  );

const bitsOf = (values: Float32Array) => Array.from(new Uint32Array(values.buffer));

describe('row engines', () => {
  test('WebAssembly and TypeScript give the same bits, whatever was loaded before', () => {
    const wasm = createRowEngine(MAX_ROWS, MAX_COLUMNS);
    expect(wasm).toBeInstanceOf(WasmRowEngine);
    const scalar = new ScalarRowEngine();
    fc.assert(
      fc.property(pointSets, ({ point, ...points }) => {
        wasm.load(points);
        scalar.load(points);
        const ours = new Float32Array(points.rows);
        const reference = new Float32Array(points.rows);
        wasm.dots(point, ours);
        scalar.dots(point, reference);
        expect(bitsOf(ours)).toEqual(bitsOf(reference));
        wasm.gaussians(point, ours);
        scalar.gaussians(point, reference);
        expect(bitsOf(ours)).toEqual(bitsOf(reference));
      }),
      { numRuns: 300 },
    );
  });

  test('as many points as it was made for, after fewer', () => {
    const rows = 50_000;
    const engine = createRowEngine(rows, 2);
    engine.load({ data: Float32Array.of(1, 2, 3), rows: 3, columns: 1 });
    engine.load({ data: Float32Array.from({ length: rows * 2 }, (_, i) => i), rows, columns: 2 });
    const out = new Float32Array(rows);
    engine.dots(Float32Array.of(1, -1), out);
    expect([...new Set(out)]).toEqual([-1]);
  });

  test('this runtime has the fast one; point sets beyond its memory have the other', () => {
    expect(createRowEngine(10, 10)).toBeInstanceOf(WasmRowEngine);
    expect(createRowEngine(1e8, 10)).toBeInstanceOf(ScalarRowEngine);
  });

  test('a runtime whose WebAssembly is switched off has the other', () => {
    vi.stubGlobal('WebAssembly', undefined);
    expect(createRowEngine(10, 10)).toBeInstanceOf(ScalarRowEngine);
    vi.unstubAllGlobals();
  });
});

describe('expNonPositive', () => {
  test('is exp to single precision', () => {
    let worst = 0;
    for (let x = 0; x > -87; x -= 0.00371) {
      const single = Math.fround(x);
      worst = Math.max(worst, Math.abs(expNonPositive(single) / Math.exp(single) - 1));
    }
    expect(worst).toBeLessThan(1.2e-7);
    expect(expNonPositive(0)).toBe(1);
    expect(expNonPositive(-88)).toBe(0);
    expect(expNonPositive(Number.NEGATIVE_INFINITY)).toBe(0);
  });
});
