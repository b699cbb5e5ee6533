import { describe, expect, test } from 'vitest';
import { DEFAULT_PREPROCESSING, type Preprocessing } from '../../src/data/preprocessing-options.js';
import { prepareFold } from '../../src/validation/prepared-fold.js';
import { type CacheLimits, mostPreparedBytes, PreparedFoldCache } from '../../src/validation/prepared-fold-cache.js';
import { classificationTable, rowNumbers } from './datasets.js';

const dataset = classificationTable([0, 1, 0, 1, 0, 1], ['a', 'b'], {
  features: [
    { kind: 'numeric', name: 'n', values: Float64Array.of(1, 2, 3, 4, 5, 6) },
    { kind: 'categorical', name: 'c', codes: Int32Array.of(0, 1, -1, 0, 1, -1), categories: ['u', 'v'] },
  ],
  weights: [1, 1, 1, 1, 1, 1],
});
const rows = rowNumbers(6);
const folds = [0, 1, 2].map((number) => ({
  train: rows.filter((row) => row % 3 !== number),
  test: rows.filter((row) => row % 3 === number),
}));
const FOLD_BYTES = prepareFold(dataset, folds[0]!, DEFAULT_PREPROCESSING).bytes;

/** How many of the calls found their fold prepared. */
function hits(limits: CacheLimits, calls: readonly (readonly [number, Preprocessing])[]): number {
  const cache = new PreparedFoldCache(dataset, limits);
  const seen = new Set<unknown>();
  for (const [number, preprocessing] of calls) seen.add(cache.get(number, folds[number]!, preprocessing));
  return calls.length - seen.size;
}

function trials(count: number, preprocessing: Preprocessing = DEFAULT_PREPROCESSING) {
  return Array.from({ length: 3 * count }, (_, call) => [call % 3, preprocessing] as const);
}

describe('the cache of prepared folds', () => {
  test('serves what fits of folds that come up in turn', () => {
    expect(hits({ bytes: 3 * FOLD_BYTES, idleCalls: 30 }, trials(10))).toBe(27);
    expect(hits({ bytes: 2 * FOLD_BYTES, idleCalls: 30 }, trials(10))).toBe(18);
    expect(hits({ bytes: FOLD_BYTES, idleCalls: 30 }, trials(10))).toBe(9);
    expect(hits({ bytes: FOLD_BYTES - 1, idleCalls: 30 }, trials(10))).toBe(0);
  });

  test('gives up what is no longer asked for', () => {
    const other = { ...DEFAULT_PREPROCESSING, scale: 'none' } as const;
    const calls = [...trials(2), ...trials(10, other)];
    // 3 hits in the first 6 calls. The old folds are idle from call 11, 12 and 13 on, and each gives way to a new one.
    expect(hits({ bytes: 3 * FOLD_BYTES, idleCalls: 6 }, calls)).toBe(3 + 30 - 7);
    expect(hits({ bytes: 3 * FOLD_BYTES, idleCalls: 100 }, calls)).toBe(3);
  });

  test('knows the most that a fold takes', () => {
    expect(FOLD_BYTES).toBeLessThanOrEqual(mostPreparedBytes(dataset));
    // A number, two categories and the missing one; the target and a weight.
    expect(mostPreparedBytes(dataset)).toBe(6 * (4 + 2) * 8);
  });
});
