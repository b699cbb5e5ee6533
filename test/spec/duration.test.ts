import { expect, test } from 'vitest';
import { parseDuration } from '../../src/spec/duration.js';

test.each([
  ['90s', 90_000],
  ['30m', 1_800_000],
  ['2m', 120_000],
  ['1h30m', 5_400_000],
  ['1.5h', 5_400_000],
  ['1d', 86_400_000],
  ['500ms', 500],
  ['1m500ms', 60_500],
])('%s', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test.each(['', '30', '30 m', '0s', '0h0m', '30m1h', '-5m', '1e3s', 'm', '5min', '1h30'])(
  '%j is no duration',
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
  },
);
