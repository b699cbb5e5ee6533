import { expect, test } from 'vitest';
import { readWorkers } from '../../src/cli/worker-flag.js';

test.each([
  [undefined, undefined],
  ['auto', undefined],
  ['0', 0],
  ['3', 3],
  ['50%', 4],
  ['1%', 1],
  ['200%', 16],
])('--workers %s', (given, expected) => {
  expect(readWorkers(given, 8)).toBe(expected);
});

test.each(['-1', 'many', '1.5', '0%', '%', '', '99999'])('--workers %s is refused', (given) => {
  expect(() => readWorkers(given, 8)).toThrow('--workers: must be auto, a whole number, or a share of the cores');
});
