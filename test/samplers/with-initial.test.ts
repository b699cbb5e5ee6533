import { expect, test } from 'vitest';
import type { Sampler } from '../../src/samplers/sampler.js';
import { withInitial } from '../../src/samplers/with-initial.js';
import { int, space } from '../space/space-builder.js';

const line = space([int('n', 1, 100)]);
/** Proposes n = 50 + its own trial number. */
const counting: Sampler = { suggest: (trial) => ({ n: 50 + trial }) };

function historyOf(...seen: readonly number[]) {
  const keys = new Set(seen.map((n) => line.key({ n })));
  return { ended: [], pending: [], has: (key: string) => keys.has(key) };
}

test('proposes the initial configurations first, each once, and then those of the sampler under their own numbers', () => {
  const sampler = withInitial(counting, [{ n: 3 }, { n: 9 }, { n: 3 }, { n: 1 }], line);
  const proposals = [0, 1, 2, 3, 4].map((trial) => sampler.suggest(trial, historyOf()));
  expect(proposals).toEqual([{ n: 3 }, { n: 9 }, { n: 1 }, { n: 53 }, { n: 54 }]);
});

test('leaves one out that was tried before', () => {
  const sampler = withInitial(counting, [{ n: 3 }, { n: 9 }], line);
  expect(sampler.suggest(1, historyOf(3, 9))).toEqual({ n: 51 });
});

test('without initial configurations is the sampler itself', () => {
  expect(withInitial(counting, [], line)).toBe(counting);
});
