import { expect, test } from 'vitest';
import { SpaceFileError } from '../../src/errors.js';
import { sobolSampler } from '../../src/samplers/sobol-sampler.js';
import { float, int, space } from '../space/space-builder.js';
import { TrialLog } from './trial-log.js';

const free = { ended: [], pending: [], has: () => false };

test('covers each parameter evenly: one of 64 trials in each 64th of the range', () => {
  const spaceOfTrial = space([float('x', 0, 64), float('y', 0, 64), float('z', 0, 64)]);
  const sampler = sobolSampler.create({ space: spaceOfTrial, seed: 3, trials: 64, goal: 'maximize' });
  const proposals = Array.from({ length: 64 }, (_, trial) => sampler.suggest(trial, free)!);
  for (const name of ['x', 'y', 'z']) {
    expect(new Set(proposals.map((params) => Math.floor(params[name] as number))).size).toBe(64);
  }
});

test('keeps its order under constraints: infeasible points are passed over', () => {
  const parameters = [float('x', 0, 1), float('y', 0, 1)];
  const bounded = space(parameters, ['x < 0.5']);
  const options = { seed: 3, trials: 64, goal: 'maximize' } as const;
  const unbounded = sobolSampler.create({ space: space(parameters), ...options });
  const kept = Array.from({ length: 64 }, (_, trial) => unbounded.suggest(trial, free)!).filter((p) =>
    bounded.feasible(p),
  );
  const sampler = sobolSampler.create({ space: bounded, ...options });
  expect(kept).toHaveLength(32);
  expect(kept.map((_, trial) => sampler.suggest(trial, free))).toEqual(kept);
});

test('a rare feasible region is found, in whatever order trials are asked for', () => {
  const rare = space([float('x', 0, 1), float('y', 0, 1)], ['x < 0.05', 'y < 0.02']);
  const create = () => sobolSampler.create({ space: rare, seed: 1, trials: 20, goal: 'maximize' });
  const forwards = create();
  const log = new TrialLog(rare, () => 1);
  for (let trial = 0; trial < 12; trial++) log.add(forwards.suggest(trial, log.historyAt(trial, 1))!);
  expect(log.ended.every(({ params }) => rare.feasible(params))).toBe(true);
  const backwards = create();
  for (let trial = 11; trial >= 0; trial--) {
    expect(backwards.suggest(trial, log.historyAt(trial, 1))).toEqual(log.ended[trial]?.params);
  }
});

test('refuses more parameters than the table of direction numbers covers', () => {
  const wide = space(Array.from({ length: 257 }, (_, i) => int(`p${i}`, 1, 2)));
  const create = () => sobolSampler.create({ space: wide, seed: 1, trials: 20, goal: 'maximize' });
  expect(create).toThrow(SpaceFileError);
  expect(create).toThrow('sobol searches at most 256 parameters, this space has 257');
});
