import { expect, test } from 'vitest';
import { SpaceFileError } from '../../src/errors.js';
import { parseDuration } from '../../src/spec/duration.js';
import { parseSpec } from '../../src/spec/load-spec.js';

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

function problemWith(budget: string): string {
  const text = `data: {file: a.csv, target: y}\nmodels: {k: {use: knn}}\nbudget: {${budget}}\n`;
  try {
    parseSpec(text, { file: 'space.yaml', directory: '/', name: 'space' });
    return '';
  } catch (error) {
    if (error instanceof SpaceFileError) return error.message;
    throw error;
  }
}

test.each([
  ['wall: 90', 'got 90; give its unit, e.g. 90s ('],
  ['memory: 512', 'got 512; give its unit, e.g. 512MiB ('],
  ['wall: .nan', 'got NaN ('],
  ['wall: -1', 'got -1 ('],
  ['memory: 1e308', 'got 1e+308 ('],
  ['memory: 1024TiB', ''],
  ['memory: 1025TiB', "must be from 1MiB to 1024TiB, got '1025TiB' ("],
  ['memory: 1000KiB', "must be from 1MiB to 1024TiB, got '1000KiB' ("],
  ['wall: 24d', ''],
  ['wall: 24d1ms', "must be at most 24d, got '24d1ms' ("],
])('budget: %s', (budget, problem) => {
  expect(problemWith(budget)).toContain(problem);
  expect(problemWith(budget) === '').toBe(problem === '');
});
