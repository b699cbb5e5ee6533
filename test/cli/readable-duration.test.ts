import { expect, test } from 'vitest';
import { readableDuration } from '../../src/cli/readable-duration.js';

test.each([
  [0, '0.0s'],
  [-5, '0.0s'],
  [440, '0.4s'],
  [9_940, '9.9s'],
  [9_960, '10s'],
  [59_400, '59s'],
  [59_600, '1m00s'],
  [185_000, '3m05s'],
  [3_569_400, '59m29s'],
  [3_599_900, '1h00m'],
  [7_620_000, '2h07m'],
  [84_599_000, '23h30m'],
  [86_300_000, '1d00h'],
  [93_600_000, '1d02h'],
])('%d ms is %s', (ms, text) => {
  expect(readableDuration(ms)).toBe(text);
});
