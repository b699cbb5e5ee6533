import { expect, test } from 'vitest';
import { bayesSampler } from '../../../src/samplers/bayes/bayes-sampler.js';
import { samplerContract } from '../../contracts/sampler-contract.js';
import { choice, float, space } from '../../space/space-builder.js';
import { TrialLog } from '../trial-log.js';

samplerContract(bayesSampler);

test('the budget flows to the best family, and no other is starved', () => {
  const families = space([
    choice('model', ['a', 'b', 'c']),
    float('a.x', 0, 1, { when: "model == 'a'" }),
    float('b.x', 0, 1, { when: "model == 'b'" }),
    float('c.x', 0, 1, { when: "model == 'c'" }),
  ]);
  // Everywhere but near its optimum `c` looks the worst.
  const log = new TrialLog(families, (params) => {
    if (params.model === 'a') return 0.3 + (Number(params['a.x']) - 0.4) ** 2;
    if (params.model === 'b') return 0.5 + (Number(params['b.x']) - 0.6) ** 2;
    return 1 - Math.exp(-(((Number(params['c.x']) - 0.85) / 0.08) ** 2));
  });
  const sampler = bayesSampler.create({ space: families, seed: 3, trials: 60, goal: 'minimize' });
  for (let trial = 0; trial < 60; trial++) log.add(sampler.suggest(trial, log.historyAt(trial, 4))!);
  const count = (model: string) => log.ended.filter(({ params }) => params.model === model).length;
  expect(Math.min(...log.ended.map(({ score }) => score!))).toBeLessThan(0.01);
  expect(count('c')).toBeGreaterThan(count('a'));
  expect(count('c')).toBeGreaterThan(count('b'));
  expect(Math.min(count('a'), count('b'))).toBeGreaterThanOrEqual(6);
});
