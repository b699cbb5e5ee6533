import { describe, expect, test } from 'vitest';
import { SpaceFileError } from '../../src/errors.js';
import { randomSampler } from '../../src/samplers/random-sampler.js';
import type { Space } from '../../src/space/space.js';
import { choice, float, int, logFloat, space } from '../space/space-builder.js';
import { TrialLog } from './trial-log.js';

const free = { ended: [], pending: [], has: () => false };

function create(spaceOfTrial: Space, seed = 1) {
  return randomSampler.create({ space: spaceOfTrial, seed, trials: undefined, goal: 'maximize' });
}

test('draws uniformly, on the log scale where asked, and models in equal shares', () => {
  const spaceOfTrial = space([
    choice('model', ['a', 'b']),
    float('x', 2, 4),
    logFloat('C', 1e-3, 1e3),
    choice('k', [1, 2, 3], { when: "model == 'b'" }),
  ]);
  const sampler = create(spaceOfTrial);
  const draws = Array.from({ length: 3000 }, (_, trial) => sampler.suggest(trial, free)!);
  const share = (holds: (params: (typeof draws)[number]) => boolean) => draws.filter(holds).length / draws.length;
  // Four standard errors of a share of 3,000 draws are below 0.037.
  expect(Math.abs(share(({ model }) => model === 'a') - 0.5)).toBeLessThan(0.037);
  expect(Math.abs(share(({ x }) => (x as number) < 2.5) - 0.25)).toBeLessThan(0.037);
  expect(Math.abs(share(({ C }) => (C as number) < 0.1) - 1 / 3)).toBeLessThan(0.037);
  expect(Math.abs(share(({ k }) => k === 2) - 1 / 6)).toBeLessThan(0.037);
});

test('a trial does not depend on what was proposed before, another seed gives another sequence', () => {
  const spaceOfTrial = space([float('x', 0, 1)]);
  const first = create(spaceOfTrial);
  for (let trial = 0; trial < 5; trial++) first.suggest(trial, free);
  expect(create(spaceOfTrial).suggest(5, free)).toEqual(first.suggest(5, free));
  expect(create(spaceOfTrial, 2).suggest(5, free)).not.toEqual(first.suggest(5, free));
});

describe('constraints that leave little', () => {
  test('are kept, also by a share of one in 10,000', () => {
    const rare = space([float('x', 0, 1), float('y', 0, 1)], ['x < 0.01', 'y < 0.01']);
    const params = create(rare).suggest(0, free)!;
    expect(rare.problems(params)).toEqual([]);
  });

  test('are kept by search where the space is finite: two of a billion', () => {
    const rare = space(
      Array.from({ length: 9 }, (_, i) => int(`p${i}`, 1, 10)),
      [...Array.from({ length: 8 }, (_, i) => `p${i + 1} == p${i}`), 'p0 in [3, 8]'],
    );
    const log = new TrialLog(rare, () => 1);
    const sampler = create(rare);
    for (let trial = 0; trial < 2; trial++) log.add(sampler.suggest(trial, log.historyAt(trial, 1))!);
    expect(new Set(log.ended.map(({ params }) => params.p8))).toEqual(new Set([3, 8]));
    expect(sampler.suggest(2, log.historyAt(2, 1))).toBeUndefined();
  });

  test.each([
    ['a finite space', space([int('a', 1, 9), int('b', 1, 9)], ['a > b', 'b > a'])],
    ['a continuous one', space([float('a', 0, 1), float('b', 0, 1)], ['a == 0.123'])],
  ])('or nothing, in %s, are an error of the space file', (_, nothing) => {
    expect(() => create(nothing).suggest(0, free)).toThrow(SpaceFileError);
    expect(() => create(nothing).suggest(0, free)).toThrow(/leave almost nothing.*`a /);
  });
});

test('ends where only configurations without a continuous parameter are feasible, and all are seen', () => {
  const pinned = space(
    [choice('kernel', ['linear', 'rbf']), float('gamma', 0, 1, { when: "kernel == 'rbf'" })],
    ["kernel == 'linear'"],
  );
  const log = new TrialLog(pinned, () => 1);
  log.add({ kernel: 'linear' });
  expect(create(pinned).suggest(1, log.historyAt(1, 1))).toBeUndefined();
});

test('the work to use up a space grows little faster than the space', () => {
  const lookups = [1000, 4000].map((count) => {
    const spaceOfTrial = space([int('a', 1, count / 100), int('b', 1, 100)]);
    const log = new TrialLog(spaceOfTrial, () => 1);
    const sampler = create(spaceOfTrial);
    for (let trial = 0; ; trial++) {
      const params = sampler.suggest(trial, log.historyAt(trial, Number.POSITIVE_INFINITY));
      if (params === undefined) break;
      log.add(params);
    }
    expect(log.ended).toHaveLength(count);
    return log.lookups;
  });
  expect(lookups[1]! / lookups[0]!).toBeLessThan(6);
});
