import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCodec } from '../../src/space/create-codec.js';
import { domainContains } from '../../src/space/domain-values.js';
import type { Domain } from '../../src/space/parameter.js';

const unit = fc.double({ min: 0, max: 1, noNaN: true });
const bounds = fc
  .tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 1e-6, max: 1e6, noNaN: true }))
  .map(([min, width]) => ({ min: min + 0, max: min + width }));
const positiveBounds = fc
  .tuple(fc.double({ min: 1e-9, max: 1e6, noNaN: true }), fc.double({ min: 1.01, max: 1e6, noNaN: true }))
  .map(([min, factor]) => ({ min, max: min * factor }));
const intBounds = fc
  .tuple(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 0, max: 1e6 }))
  .map(([min, width]) => ({ min, max: min + width }));
const positiveIntBounds = fc
  .tuple(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 0, max: 1e6 }))
  .map(([min, width]) => ({ min, max: min + width }));

const continuous: fc.Arbitrary<Domain> = fc.oneof(
  bounds.map((range): Domain => ({ kind: 'float', log: false, ...range })),
  positiveBounds.map((range): Domain => ({ kind: 'float', log: true, ...range })),
);
const discrete: fc.Arbitrary<Domain> = fc.oneof(
  fc
    .tuple(intBounds, fc.integer({ min: 1, max: 50 }))
    .map(([range, step]): Domain => ({ kind: 'int', log: false, step, ...range })),
  fc
    .tuple(positiveIntBounds, fc.integer({ min: 1, max: 50 }))
    .map(([range, step]): Domain => ({ kind: 'int', log: true, step, ...range })),
  fc
    .tuple(
      fc.integer({ min: -100, max: 100 }),
      fc.integer({ min: 1, max: 200 }),
      fc.constantFrom(0.1, 0.25, 0.01, 0.3, 5),
    )
    .map(
      ([start, steps, step]): Domain => ({
        kind: 'float',
        log: false,
        step,
        min: start / 10,
        max: start / 10 + steps * step,
      }),
    ),
  fc
    .uniqueArray(fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.integer())), {
      minLength: 1,
      selector: (value) => JSON.stringify(value),
    })
    .map((values): Domain => ({ kind: 'categorical', values, ordered: true })),
);

test('a decoded value is in its domain, and encodes back to where it came from', () => {
  fc.assert(
    fc.property(continuous, unit, (domain, u) => {
      const codec = createCodec(domain);
      const value = codec.decode(u);
      expect(domainContains(domain, value)).toBe(true);
      // Near the ends of a range that is narrow for its magnitude, the digits of the value are the limit.
      const { min, max, log } = domain as { min: number; max: number; log: boolean };
      const magnitude = log ? (value as number) : Math.max(Math.abs(min), Math.abs(max));
      const again = codec.decode(codec.encode(value)) as number;
      expect(Math.abs(again - (value as number))).toBeLessThanOrEqual(1e-12 * magnitude);
      const precision = (1e-12 * magnitude) / (log ? (value as number) : max - min) + 1e-9;
      expect(Math.abs(codec.encode(value) - u)).toBeLessThanOrEqual(precision);
    }),
  );
});

test('a discrete value is in its domain, and survives encoding and decoding exactly', () => {
  fc.assert(
    fc.property(discrete, unit, (domain, u) => {
      const codec = createCodec(domain);
      const value = codec.decode(u);
      expect(domainContains(domain, value)).toBe(true);
      const centre = codec.encode(value);
      expect(centre).toBeGreaterThan(0);
      expect(centre).toBeLessThan(1);
      expect(codec.decode(centre)).toEqual(value);
    }),
  );
});

test('both ends of a range are reached exactly', () => {
  fc.assert(
    fc.property(fc.oneof(continuous), (domain) => {
      const codec = createCodec(domain);
      const { min, max } = domain as { min: number; max: number };
      expect([codec.decode(0), codec.decode(1), codec.encode(min), codec.encode(max)]).toEqual([min, max, 0, 1]);
    }),
  );
});

test('discrete values take equal shares of the unit interval', () => {
  const codec = createCodec({ kind: 'int', min: 3, max: 12, log: false, step: 3 });
  expect([0, 0.249, 0.25, 0.5, 0.75, 0.999, 1].map((u) => codec.decode(u))).toEqual([3, 3, 6, 9, 12, 12, 12]);
  expect(codec.encode(6)).toBe(0.375);
});

test('a step that does not divide the range ends below the maximum', () => {
  const codec = createCodec({ kind: 'float', min: 0, max: 1, log: false, step: 0.3 });
  expect(Array.from({ length: codec.count }, (_, index) => codec.valueAt(index))).toEqual([0, 0.3, 0.6, 0.9]);
});

test('stepped values are written as a person would write them', () => {
  const codec = createCodec({ kind: 'float', min: 0.5, max: 1, log: false, step: 0.1 });
  expect(Array.from({ length: codec.count }, (_, index) => codec.valueAt(index))).toEqual([0.5, 0.6, 0.7, 0.8, 0.9, 1]);
  const small = createCodec({ kind: 'float', min: 0, max: 3e-7, log: false, step: 1e-7 });
  expect(Array.from({ length: small.count }, (_, index) => small.valueAt(index))).toEqual([0, 1e-7, 2e-7, 3e-7]);
});

test('a log range has its geometric mean in the middle', () => {
  expect(createCodec({ kind: 'float', min: 1e-3, max: 1e3, log: true }).decode(0.5)).toBeCloseTo(1, 12);
});

describe('log integers', () => {
  // An integer k stands for the reals that round to it: its share is log((k + 1/2) / (k - 1/2)) of the whole.
  test.each([
    [1, 8],
    [20, 25],
  ])('%i to %i have the shares of rounded log-uniform reals', (min, max) => {
    const codec = createCodec({ kind: 'int', min, max, log: true, step: 1 });
    const draws = 200_000;
    const counts = new Map<unknown, number>();
    for (let i = 0; i < draws; i++) {
      const value = codec.decode((i + 0.5) / draws);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    for (let value = min; value <= max; value++) {
      const share = Math.log((value + 0.5) / (value - 0.5)) / Math.log((max + 0.5) / (min - 0.5));
      expect(counts.get(value)! / draws).toBeCloseTo(share, 4);
    }
    expect(counts.size).toBe(max - min + 1);
  });
});

test('a value of another kind has no place', () => {
  expect(createCodec({ kind: 'float', min: 0, max: 1, log: false }).encode('a')).toBeNaN();
  expect(createCodec({ kind: 'categorical', values: [1, 2], ordered: false }).encode('1')).toBeNaN();
});
