import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '../../../src/random.js';
import { splitForValidation } from '../../../src/trainers/neural/validation-split.js';

test('parts the rows, and every class keeps one to learn from', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 60 }),
      fc.double({ min: 0, max: 0.99, noNaN: true }),
      fc.boolean(),
      (classes, fraction, labelled) => {
        const labels = Float64Array.from(classes);
        const random = new Random(1, 'split');
        const split = splitForValidation(labelled ? labels : undefined, classes.length, fraction, random);
        const all = [...split.trainRows, ...split.validationRows].sort((a, b) => a - b);
        expect(all).toEqual(classes.map((_, i) => i));
        expect(split.trainRows.length).toBeGreaterThan(0);
        if (!labelled) return;
        const learned = new Set([...split.trainRows].map((row) => labels[row]));
        expect(learned).toEqual(new Set(classes));
      },
    ),
  );
});

test('takes the same share of each class', () => {
  const labels = Float64Array.from({ length: 100 }, (_, i) => (i < 80 ? 0 : 1));
  const { validationRows } = splitForValidation(labels, 100, 0.1, new Random(1, 'split'));
  expect([...validationRows].filter((row) => row < 80)).toHaveLength(8);
  expect(validationRows).toHaveLength(10);
});
