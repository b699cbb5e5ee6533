import { expect, test } from 'vitest';
import { gpSampler } from '../../../src/samplers/gp/gp-sampler.js';
import { samplerContract } from '../../contracts/sampler-contract.js';
import { float, space } from '../../space/space-builder.js';
import { TrialLog } from '../trial-log.js';

samplerContract(gpSampler);

test('finds the minimum of a smooth function to a thousandth of its range in 30 trials', () => {
  const plane = space([float('x', 0, 1), float('y', 0, 1)]);
  const log = new TrialLog(plane, ({ x, y }) => (Number(x) - 0.31) ** 2 + 2 * (Number(y) - 0.84) ** 2);
  const sampler = gpSampler.create({ space: plane, seed: 1, trials: 30, goal: 'minimize' });
  for (let trial = 0; trial < 30; trial++) log.add(sampler.suggest(trial, log.historyAt(trial, 1))!);
  expect(Math.min(...log.ended.map(({ score }) => score!))).toBeLessThan(1e-3);
});

test('proposals beside trials in flight lie apart', () => {
  const plane = space([float('x', 0, 1), float('y', 0, 1)]);
  const log = new TrialLog(plane, ({ x, y }) => (Number(x) - 0.31) ** 2 + 2 * (Number(y) - 0.84) ** 2);
  const sampler = gpSampler.create({ space: plane, seed: 1, trials: 30, goal: 'minimize' });
  for (let trial = 0; trial < 24; trial++) log.add(sampler.suggest(trial, log.historyAt(trial, 8))!);
  const last = log.ended.slice(16).map(({ params }) => plane.encode(params));
  for (const [i, a] of last.entries()) {
    for (const b of last.slice(0, i)) expect(Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!)).toBeGreaterThan(1e-3);
  }
});
