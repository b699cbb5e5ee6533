import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NumberSorter } from '../../../../src/trainers/trees/bins/number-sorter.js';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);

test('sorts as the runtime does, whatever the spread', () => {
  const crowded = fc.tuple(finite, fc.constantFrom(1, 1e-9, 1e300)).map(([value, scale]) => {
    return Math.min(Number.MAX_VALUE, 1 + Math.abs(value % 1) * scale);
  });
  const numbers = fc.oneof(finite, crowded, fc.constantFrom(0, 1, 2, 3), fc.integer(), fc.constant(1e308));
  const sorter = new NumberSorter();
  fc.assert(
    fc.property(fc.array(numbers, { maxLength: 2000, size: 'max' }), (list) => {
      const values = Float64Array.from(list);
      const expected = values.slice().sort();
      expect(sorter.sort(values)).toEqual(expected);
    }),
    { numRuns: 200 },
  );
});

test('many in one part, out of order, are sorted too', () => {
  const values = Float64Array.from({ length: 500 }, (_, i) => (i === 0 ? 1e9 : (i * 37) % 101));
  expect(new NumberSorter().sort(values.slice())).toEqual(values.slice().sort());
});
