import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wrapBeside, wrapText } from '../src/wrap-text.js';

test('breaks at blanks, and words that are longer than a line', () => {
  expect(wrapText('to be or not', 5)).toEqual(['to be', 'or', 'not']);
  expect(wrapText('to be or not', 7, '  ')).toEqual(['  to be', '  or', '  not']);
  expect(wrapText('a abcdefgh i', 3)).toEqual(['a', 'abc', 'def', 'gh', 'i']);
  expect(wrapText('', 5)).toEqual(['']);
});

test('keeps every word and the width', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 100 }), fc.integer({ min: 1, max: 30 }), (text, width) => {
      const lines = wrapText(text, width);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
      expect(lines.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
    }),
  );
});

test('a label stands beside the text', () => {
  expect(wrapBeside('time  ', 'about an hour', 12)).toEqual(['time  about', '      an', '      hour']);
});
