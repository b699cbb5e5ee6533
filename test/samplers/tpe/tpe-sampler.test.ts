import { describe, expect, test } from 'vitest';
import { randomSampler } from '../../../src/samplers/random-sampler.js';
import type { Sampler } from '../../../src/samplers/sampler.js';
import { tpeSampler } from '../../../src/samplers/tpe/tpe-sampler.js';
import type { Space } from '../../../src/space/space.js';
import { samplerContract } from '../../contracts/sampler-contract.js';
import { choice, float, int, logFloat, space } from '../../space/space-builder.js';
import { type Judge, TrialLog } from '../trial-log.js';

samplerContract(tpeSampler);

const branches = space([
  choice('kernel', ['linear', 'rbf']),
  logFloat('C', 1e-3, 1e3),
  logFloat('gamma', 1e-6, 10, { when: "kernel == 'rbf'" }),
  int('degree', 2, 9, { when: "kernel == 'linear'" }),
]);

/** Best at C = 10 with rbf and gamma = 1e-3: 0. */
const branchLoss: Judge = (params) => {
  const cost = (Math.log10(Number(params.C)) - 1) ** 2;
  if (params.kernel === 'linear') return 0.5 + cost + 0.01 * (Number(params.degree) - 3) ** 2;
  return cost + (Math.log10(Number(params.gamma)) + 3) ** 2;
};

function bestAfter(spaceOfTrial: Space, sampler: Sampler, judge: Judge, trials: number, lag = 1): number {
  const log = new TrialLog(spaceOfTrial, judge);
  for (let trial = 0; trial < trials; trial++) log.add(sampler.suggest(trial, log.historyAt(trial, lag))!);
  return Math.min(...log.ended.map(({ score }) => score ?? Number.POSITIVE_INFINITY));
}

function medianBest(definition: typeof tpeSampler, spaceOfTrial: Space, judge: Judge, trials: number): number {
  const bests = Array.from({ length: 15 }, (_, seed) =>
    bestAfter(spaceOfTrial, definition.create({ space: spaceOfTrial, seed, trials, goal: 'minimize' }), judge, trials),
  );
  return bests.sort((a, b) => a - b)[7]!;
}

describe('tpe', () => {
  test('finds the better branch behind one that looks better at first, sooner than random draws', () => {
    const ours = medianBest(tpeSampler, branches, branchLoss, 80);
    const random = medianBest(randomSampler, branches, branchLoss, 160);
    expect(ours).toBeLessThan(random);
  });

  test('keeps its distance from trials in flight', () => {
    const line = space([float('x', 0, 1)]);
    const sampler = tpeSampler.create({ space: line, seed: 3, trials: 100, goal: 'minimize' });
    const log = new TrialLog(line, (params) => Math.abs(Number(params.x) - 0.4));
    for (let trial = 0; trial < 40; trial++) log.add(sampler.suggest(trial, log.historyAt(trial, 1))!);
    const proposals = (pending: readonly number[]) =>
      Array.from({ length: 50 }, (_, i) => {
        const history = log.historyAt(40, 1);
        const inFlight = pending.map((x, k) => ({ number: 40 + k, params: { x } }));
        return Number(sampler.suggest(40 + i, { ...history, pending: inFlight })!.x);
      });
    const near = (xs: readonly number[]) => xs.filter((x) => Math.abs(x - 0.4) < 0.01).length;
    expect(near(proposals(Array.from({ length: 20 }, (_, i) => 0.39 + i / 1000)))).toBeLessThan(near(proposals([])));
  });

  test('a failed trial counts as bad, whatever the goal', () => {
    const line = space([float('x', 0, 1)]);
    for (const goal of ['minimize', 'maximize'] as const) {
      const judge: Judge = (params) => (Number(params.x) < 0.5 ? undefined : goal === 'minimize' ? -1 : 1);
      const sampler = tpeSampler.create({ space: line, seed: 1, trials: 100, goal });
      const log = new TrialLog(line, judge);
      for (let trial = 0; trial < 50; trial++) log.add(sampler.suggest(trial, log.historyAt(trial, 1))!);
      const failures = log.ended.slice(20).filter(({ state }) => state === 'failed').length;
      expect(failures).toBeLessThan(10);
    }
  });

  test('does not depend on what it was asked before', () => {
    const log = new TrialLog(branches, branchLoss);
    const used = tpeSampler.create({ space: branches, seed: 5, trials: 60, goal: 'minimize' });
    for (let trial = 0; trial < 60; trial++) log.add(used.suggest(trial, log.historyAt(trial, 8))!);
    const other = new TrialLog(branches, (params) => -branchLoss(params, 0)!);
    for (let trial = 0; trial < 30; trial++) other.add(used.suggest(trial, other.historyAt(trial, 1))!);
    for (const trial of [59, 12, 40]) {
      const fresh = tpeSampler.create({ space: branches, seed: 5, trials: 60, goal: 'minimize' });
      expect(used.suggest(trial, log.historyAt(trial, 8))).toEqual(fresh.suggest(trial, log.historyAt(trial, 8)));
    }
  });
});
