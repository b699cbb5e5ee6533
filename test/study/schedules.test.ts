import { describe, expect, test } from 'vitest';
import { SAMPLERS } from '../../src/samplers/index.js';
import type { SamplerDefinition } from '../../src/samplers/sampler.js';
import type { FaultRates } from './schedules/faulty-executor.js';
import { type Plan, runFaulty, UNDISTURBED } from './schedules/faulty-study.js';

const SCHEDULES = 1000;

const RATES: FaultRates = {
  lost: 0.08,
  presumedLost: 0.05,
  duplicated: 0.1,
  late: 0.2,
  slow: 0.05,
  tooLateToGiveUp: 0.5,
};

/** Enough for the model of each to make several of its proposals. */
const TRIALS: Readonly<Record<string, number>> = { bayes: 11, gp: 11, tpe: 18 };

const named = (name: string): SamplerDefinition => SAMPLERS.find((sampler) => sampler.name === name)!;

/** @returns how often each fault happened. */
async function expectOneLeaderboard(plan: Plan): Promise<ReadonlyMap<string, number>> {
  const reference = await runFaulty(plan, UNDISTURBED);
  expect(reference.hashes.size).toBe(1);
  const counts = new Map<string, number>();
  for (let seed = 1; seed <= SCHEDULES; seed++) {
    const { hashes, doubled, faults } = await runFaulty(plan, { seed, rates: RATES, stops: 3 });
    expect(hashes, `schedule ${seed}`).toEqual(reference.hashes);
    expect(doubled, `schedule ${seed}`).toEqual([]);
    for (const [fault, count] of faults) counts.set(fault, (counts.get(fault) ?? 0) + count);
  }
  return counts;
}

function expectFaults(counts: ReadonlyMap<string, number>): void {
  for (const fault of [...Object.keys(RATES), 'killed', 'interrupted']) {
    expect(counts.get(fault) ?? 0, fault).toBeGreaterThan(SCHEDULES / 10);
  }
}

describe(`${SCHEDULES} schedules with faults give one leaderboard`, () => {
  test.each(SAMPLERS)(
    'of $name',
    async (sampler) => {
      const counts = await expectOneLeaderboard({
        sampler,
        trials: TRIALS[sampler.name] ?? 12,
        limits: { foldMs: 5000 },
      });
      expectFaults(counts);
    },
    120_000,
  );

  const median = { method: 'median', warmup: 0, startup: 2 } as const;
  const halving = { method: 'halving', minSteps: 1, factor: 2 } as const;
  test.each<[string, Partial<Plan>]>([
    ['a limit a trial, and patience', { limits: { trialMs: 20_000 }, patience: 5 }],
    ['pruning', { pruning: median }],
    ['pruning and limits', { pruning: halving, limits: { foldMs: 5000 } }],
  ])(
    'of random with %s',
    async (_, more) => {
      const counts = await expectOneLeaderboard({ sampler: named('random'), trials: 12, limits: {}, ...more });
      expectFaults(counts);
    },
    120_000,
  );
});
