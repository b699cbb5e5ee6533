import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMissingCell, parseNumber, trimCell } from '../../src/data/cell.js';

describe('parseNumber', () => {
  test('reads what any double is printed as, to the bit', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => parseNumber(`${value}`) === value),
    );
  });

  test('reads decimals of every length as Number does', () => {
    const digits = fc.stringMatching(/^-?[0-9]{0,20}\.?[0-9]{0,20}$/).filter((text) => /[0-9]/.test(text));
    fc.assert(
      fc.property(digits, (text) => Object.is(parseNumber(text), Number(text))),
      { numRuns: 2000 },
    );
  });

  test.each(['', '-', '.', '-.', '0x10', '1_000', '1,5', '1e', 'e5', '1 2', '--1', '1.2.3', 'abc', 'Inf.', '١'])(
    '%j is no number',
    (text) => {
      expect(parseNumber(text)).toBeNaN();
    },
  );

  test.each([
    ['+5', 5],
    ['5.', 5],
    ['.5', 0.5],
    ['1E3', 1000],
    ['1e999', Infinity],
    ['-inf', -Infinity],
    ['Infinity', Infinity],
  ])('%s is %d', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });
});

test.each(['', 'NA', 'NaN', 'nan', 'null', 'NULL', 'N/A', '?'])('%j is missing', (text) => {
  expect(isMissingCell(text)).toBe(true);
});

test.each(['None', 'none', '-', 'na', '0', 'N/AA'])('%j is a value', (text) => {
  expect(isMissingCell(text)).toBe(false);
});

test('blanks around a cell are cut, no-break spaces too', () => {
  expect(['a', ' a', 'a\t', '\u00a0a b\u00a0', '  ', 'é '].map(trimCell)).toEqual(['a', 'a', 'a', 'a b', '', 'é']);
});
