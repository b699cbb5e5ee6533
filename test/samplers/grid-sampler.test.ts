import { describe, expect, test } from 'vitest';
import { SpaceFileError } from '../../src/errors.js';
import { gridSampler } from '../../src/samplers/grid-sampler.js';
import { createSampler } from '../../src/samplers/index.js';
import type { Sampler } from '../../src/samplers/sampler.js';
import type { Space } from '../../src/space/space.js';
import type { Params } from '../../src/trial.js';
import { choice, familySpace, float, int, space } from '../space/space-builder.js';
import { TrialLog } from './trial-log.js';

function create(spaceOfTrial: Space, trials?: number): Sampler {
  return gridSampler.create({ space: spaceOfTrial, seed: 1, trials, goal: 'maximize' });
}

function runAll(spaceOfTrial: Space, sampler: Sampler, most = Number.POSITIVE_INFINITY): readonly Params[] {
  const log = new TrialLog(spaceOfTrial, () => 1);
  for (let trial = 0; trial < most; trial++) {
    const params = sampler.suggest(trial, log.historyAt(trial, 1));
    if (params === undefined) break;
    log.add(params);
  }
  return log.ended.map(({ params }) => params);
}

test('takes every point once, in the order of the enumeration', () => {
  const families = familySpace();
  expect(runAll(families, create(families))).toEqual([...families.enumerate()]);
});

test('more trials than points change nothing', () => {
  const small = space([choice('a', [1, 2, 3]), choice('b', ['x', 'y'])]);
  expect(runAll(small, create(small, 100))).toEqual([...small.enumerate()]);
  expect(runAll(small, create(small, 6))).toEqual([...small.enumerate()]);
});

describe('cut short', () => {
  test('takes one point of each equal stretch, in order', () => {
    const line = space([int('n', 0, 99)]);
    for (const trials of [1, 3, 7, 10, 50, 99]) {
      const taken = runAll(line, create(line, trials), trials).map(({ n }) => n as number);
      for (const [i, n] of taken.entries()) {
        expect(n).toBeGreaterThanOrEqual(Math.floor((i * 100) / trials));
        expect(n).toBeLessThan(Math.floor(((i + 1) * 100) / trials));
      }
      expect(taken).toHaveLength(trials);
    }
  });

  test('varies every parameter, also where the stretch is a multiple of the last ones', () => {
    const cube = space([int('a', 1, 4), int('b', 1, 4), int('c', 1, 4)]);
    const taken = runAll(cube, create(cube, 16), 16);
    for (const name of ['a', 'b', 'c']) {
      const counts = [1, 2, 3, 4].map((value) => taken.filter((params) => params[name] === value).length);
      expect(Math.min(...counts), `${name}: ${counts}`).toBeGreaterThanOrEqual(2);
    }
  });

  test('of 10^30 points is as quick as of ten', () => {
    const huge = space(
      Array.from({ length: 30 }, (_, i) => int(`p${i}`, 1, 10)),
      ['p0 < p29'],
    );
    const taken = runAll(huge, create(huge, 20), 20);
    expect(taken).toHaveLength(20);
    expect(taken.every((params) => huge.feasible(params))).toBe(true);
    expect(new Set(taken.map(({ p0 }) => p0)).size).toBeGreaterThan(5);
  });

  test('goes on with what is left when more trials come', () => {
    const small = space([int('n', 1, 10)]);
    const taken = runAll(small, create(small, 4));
    expect(taken.map(({ n }) => n).toSorted((a, b) => (a as number) - (b as number))).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
  });
});

describe('after initial configurations', () => {
  const small = space([int('n', 1, 10)]);
  const initial = [{ n: 4 }, { n: 5 }, { n: 4 }];

  test('skips what they had', () => {
    const sampler = createSampler(gridSampler, { space: small, seed: 1, trials: undefined, goal: 'maximize' }, initial);
    expect(runAll(small, sampler).map(({ n }) => n)).toEqual([4, 5, 1, 2, 3, 6, 7, 8, 9, 10]);
  });

  test('spreads over the trials that remain', () => {
    const sampler = createSampler(gridSampler, { space: small, seed: 1, trials: 5, goal: 'maximize' }, initial);
    const rest = runAll(small, sampler, 5)
      .slice(2)
      .map(({ n }) => n as number);
    expect(rest).toHaveLength(3);
    expect(rest[2]).toBeGreaterThanOrEqual(7);
  });

  test('takes them though they are no points of the grid', () => {
    const line = space([float('x', 0, 1, { gridPoints: 3 })]);
    const sampler = createSampler(gridSampler, { space: line, seed: 1, trials: undefined, goal: 'maximize' }, [
      { x: 0.2 },
    ]);
    expect(runAll(line, sampler).map(({ x }) => x)).toEqual([0.2, 0, 0.5, 1]);
  });
});

describe('refuses', () => {
  test.each([
    ['a continuous range', space([float('x', 0, 1)]), 'x: a grid needs finitely many values'],
    ['constraints that leave nothing', space([int('a', 1, 3)], ['a > 5']), 'no point of the grid keeps them all'],
    ['what cannot be counted', space([int('a', 1, 1e7), int('b', 1, 1e7)], ['a == b']), 'too large to be counted'],
  ])('%s', (_, spaceOfTrial, message) => {
    expect(() => create(spaceOfTrial)).toThrow(SpaceFileError);
    expect(() => create(spaceOfTrial)).toThrow(message);
  });
});
