import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseIsoDate } from '../../src/data/iso-date.js';

const dates = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });

test('agrees with the language on its own dates', () => {
  fc.assert(fc.property(dates, (date) => parseIsoDate(date.toISOString()) === date.getTime()));
});

test.each([
  ['1970-01-02', 86_400_000],
  ['1970-01-01 00:01', 60_000],
  ['1970-01-01T02:00:00+02:00', 0],
  ['1970-01-01T00:00:00-0130', 5_400_000],
  ['1970-01-01T00:00:00.25Z', 250],
  ['0099-01-01', Date.parse('0099-01-01')],
])('%s is %d', (text, value) => {
  expect(parseIsoDate(text)).toBe(value);
});

test.each([
  '2024-02-30',
  '2023-13-01',
  '2023-00-10',
  '2023-01-00',
  '2023-01-01T24:00',
  '31/01/2024',
  '2024',
  '2024-1-1',
  '',
])('%s is no date', (text) => {
  expect(parseIsoDate(text)).toBeNaN();
});
