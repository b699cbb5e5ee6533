import { describe, expect, test } from 'vitest';
import { cmaEsSampler } from '../../../src/samplers/cma-es/cma-es-sampler.js';
import { tpeSampler } from '../../../src/samplers/tpe/tpe-sampler.js';
import { samplerContract } from '../../contracts/sampler-contract.js';
import { choice, float, int, space } from '../../space/space-builder.js';
import { TrialLog } from '../trial-log.js';

samplerContract(cmaEsSampler);

const bowl = space([float('x', -5, 5), float('y', -5, 5), int('k', 0, 20)]);

function bowlLog(): TrialLog {
  return new TrialLog(
    bowl,
    ({ x, y, k }) => (Number(x) - 1) ** 2 + 100 * (Number(y) + Number(x)) ** 2 + (Number(k) - 13) ** 2,
  );
}

function run(log: TrialLog, seed: number, trials: number, lag: number): void {
  const sampler = cmaEsSampler.create({ space: bowl, seed, trials, goal: 'minimize' });
  for (let trial = 0; trial < trials; trial++) log.add(sampler.suggest(trial, log.historyAt(trial, lag))!);
}

describe('cma-es', () => {
  test.each([1, 4, 12])('finds the bottom of a narrow valley with an integer, lag %i', (lag) => {
    const log = bowlLog();
    run(log, 2, 400, lag);
    const best = log.ended.reduce((a, b) => (b.score! < a.score! ? b : a));
    expect(best.params.k).toBe(13);
    // One draw in a million of the cube would be as good.
    expect(best.score).toBeLessThan(0.02);
  });

  test('starts again elsewhere when it has converged', () => {
    const log = bowlLog();
    run(log, 2, 900, 1);
    const nearBottom = log.ended.map(({ score }) => score! < 1e-4);
    const first = nearBottom.indexOf(true);
    expect(first).toBeGreaterThan(0);
    expect(log.ended.slice(first).some(({ score }) => score! > 100)).toBe(true);
  });

  test('does not depend on what it was asked before', () => {
    const log = bowlLog();
    run(log, 6, 80, 8);
    const used = cmaEsSampler.create({ space: bowl, seed: 6, trials: 80, goal: 'minimize' });
    const other = new TrialLog(bowl, ({ x }) => -Number(x));
    for (let trial = 0; trial < 40; trial++) other.add(used.suggest(trial, other.historyAt(trial, 1))!);
    for (const trial of [79, 20, 64]) {
      expect(used.suggest(trial, log.historyAt(trial, 8))).toEqual(log.ended[trial]!.params);
    }
  });

  test('leaves a space without numbers that are always active to tpe', () => {
    const choices = space([choice('a', ['p', 'q', 'r']), choice('b', [1, 2, 3, 4]), choice('c', [true, false])]);
    const options = { space: choices, seed: 4, trials: 20, goal: 'maximize' } as const;
    const log = new TrialLog(choices, ({ b }) => Number(b));
    for (let trial = 0; trial < 20; trial++) {
      const params = cmaEsSampler.create(options).suggest(trial, log.historyAt(trial, 1))!;
      expect(params).toEqual(tpeSampler.create(options).suggest(trial, log.historyAt(trial, 1)));
      log.add(params);
    }
  });
});
