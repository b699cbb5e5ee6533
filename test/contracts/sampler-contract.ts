import { describe, expect, test } from 'vitest';
import { Random } from '../../src/random.js';
import { drawUniform } from '../../src/samplers/random-sampler.js';
import type { Sampler, SamplerDefinition } from '../../src/samplers/sampler.js';
import type { Space } from '../../src/space/space.js';
import type { Goal } from '../../src/trial.js';
import { type Judge, TrialLog } from '../samplers/trial-log.js';
import {
  choice,
  familySpace,
  fixed,
  float,
  int,
  logFloat,
  logInt,
  normal,
  space,
  stepped,
} from '../space/space-builder.js';

const LAG = 4;

function mixedSpace(): Space {
  return space([
    float('x', -5, 5, { gridPoints: 5 }),
    logFloat('rate', 1e-5, 1, { gridPoints: 5 }),
    int('layers', 1, 8),
    logInt('units', 16, 512, { gridPoints: 5 }),
    stepped('dropout', 0, 0.7, 0.1),
    choice('optimizer', ['sgd', 'adam', null]),
    normal('shift', 0, 2, { gridPoints: 5 }),
    fixed('epochs', 10),
  ]);
}

function narrowSpace(): Space {
  return space(
    [float('x', 0, 1, { gridPoints: 101 }), float('y', 0, 1, { gridPoints: 101 }), choice('z', ['a', 'b'])],
    ['x + y < 0.1', "z == 'a' or x > 0.05"],
  );
}

function wideSpace(): Space {
  return space(
    Array.from({ length: 50 }, (_, i) => {
      if (i % 3 === 0) return float(`p${i}`, 0, 1, { gridPoints: 3 });
      if (i % 3 === 1) return int(`p${i}`, 1, 9);
      return choice(`p${i}`, ['a', 'b', 'c'], i > 25 ? { when: `p${i - 1} > 4` } : {});
    }),
  );
}

/** 3 (linear) + 3 * 4 (rbf) + 3 * 4 * 2 (poly), less what the constraint takes. */
function finiteSpace(): Space {
  return space(
    [
      int('C', 1, 3),
      choice('kernel', ['linear', 'rbf', 'poly']),
      stepped('gamma', 0.1, 0.4, 0.1, { when: "kernel in ['rbf', 'poly']" }),
      int('degree', 2, 3, { when: "kernel == 'poly'" }),
    ],
    ['C * gamma < 1', 'not (C == 1 and degree == 3)'],
  );
}

/** A rough landscape: the distance of the encoded point to a corner, with ties, a few failures and huge values. */
function judgeOf(spaceOfTrial: Space): Judge {
  return (params, trial) => {
    if (trial % 7 === 3) return undefined;
    if (trial % 11 === 5) return 0.5;
    if (trial % 13 === 8) return -1e12;
    const unit = spaceOfTrial.encode(params).filter((coordinate) => !Number.isNaN(coordinate));
    return -unit.reduce((sum, coordinate) => sum + (coordinate - 0.3) ** 2, 0);
  };
}

function expectLegal(spaceOfTrial: Space, sampler: Sampler, log: TrialLog, trial: number, lag = LAG): void {
  const params = sampler.suggest(trial, log.historyAt(trial, lag));
  expect(params, `trial ${trial}`).toBeDefined();
  expect(spaceOfTrial.problems(params!)).toEqual([]);
  expect(Object.keys(params!)).toEqual(Object.keys(spaceOfTrial.complete(params!)));
  expect(log.keys.slice(0, trial)).not.toContain(spaceOfTrial.key(params!));
}

/** Runs a study and checks every proposal on the way. @returns how many trials there were before the end. */
function run(spaceOfTrial: Space, sampler: Sampler, log: TrialLog, trials: number): number {
  const seen = new Set<string>();
  for (let trial = 0; trial < trials; trial++) {
    const params = sampler.suggest(trial, log.historyAt(trial, LAG));
    if (params === undefined) return trial;
    expect(spaceOfTrial.problems(params)).toEqual([]);
    const key = spaceOfTrial.key(params);
    expect(seen.has(key), `trial ${trial} repeats ${key}`).toBe(false);
    seen.add(key);
    log.add(params);
  }
  return trials;
}

function randomLog(spaceOfTrial: Space, count: number, judge: Judge): TrialLog {
  const log = new TrialLog(spaceOfTrial, judge);
  const random = new Random(99);
  while (log.ended.length < count) {
    const params = drawUniform(spaceOfTrial, random);
    if (spaceOfTrial.feasible(params)) log.add(params);
  }
  return log;
}

/** What holds for every sampler. */
export function samplerContract(definition: SamplerDefinition): void {
  const create = (spaceOfTrial: Space, trials: number | undefined, seed = 7, goal: Goal = 'maximize') =>
    definition.create({ space: spaceOfTrial, seed, trials, goal });

  describe(`sampler ${definition.name}`, () => {
    describe('keeps domains, conditions and constraints, and repeats nothing', () => {
      test.each([
        ['parameters of every kind', mixedSpace()],
        ['two model families', familySpace()],
        ['constraints that leave little', narrowSpace()],
        ['50 parameters', wideSpace()],
      ])('%s', (_, spaceOfTrial) => {
        const sampler = create(spaceOfTrial, 30);
        expect(run(spaceOfTrial, sampler, new TrialLog(spaceOfTrial, judgeOf(spaceOfTrial)), 30)).toBe(30);
      });
    });

    describe('is a pure function of seed, trial and history', () => {
      test.each([
        ['parameters of every kind', mixedSpace()],
        ['two model families', familySpace()],
        ['constraints that leave little', narrowSpace()],
      ])('%s', (_, spaceOfTrial) => {
        const log = new TrialLog(spaceOfTrial, judgeOf(spaceOfTrial));
        const sampler = create(spaceOfTrial, 30);
        run(spaceOfTrial, sampler, log, 30);
        const proposals = log.ended.map((ended) => ended.params);
        for (const trial of [29, 0, 13, 14, 2]) {
          const history = log.historyAt(trial, LAG);
          expect(create(spaceOfTrial, 30).suggest(trial, history), 'a new sampler').toEqual(proposals[trial]);
          expect(sampler.suggest(trial, history), 'the same one, asked again').toEqual(proposals[trial]);
        }
      });
    });

    test('visits all of a finite space, each configuration once, and then ends', () => {
      const spaceOfTrial = finiteSpace();
      const all = [...spaceOfTrial.enumerate()].map((params) => spaceOfTrial.key(params));
      const log = new TrialLog(spaceOfTrial, judgeOf(spaceOfTrial));
      expect(run(spaceOfTrial, create(spaceOfTrial, undefined), log, all.length + 10)).toBe(all.length);
      expect(new Set(log.keys)).toEqual(new Set(all));
    });

    test('finds the one configuration that is left of a thousand', () => {
      const spaceOfTrial = space([int('a', 1, 10), int('b', 1, 10), int('c', 1, 10)]);
      const log = new TrialLog(spaceOfTrial, judgeOf(spaceOfTrial));
      const left = { a: 7, b: 2, c: 9 };
      for (const params of spaceOfTrial.enumerate()) {
        if (spaceOfTrial.key(params) !== spaceOfTrial.key(left)) log.add(params);
      }
      expect(create(spaceOfTrial, undefined).suggest(999, log.historyAt(999, 1))).toEqual(left);
    });

    test.each([
      ['constants only', space([fixed('a', 1), fixed('b', 'x')]), { a: 1, b: 'x' }],
      ['a constraint that leaves one', space([int('a', 1, 40), int('b', 1, 40)], ['a + b == 80']), { a: 40, b: 40 }],
      ['no parameter at all', space([]), {}],
    ])('a space of a single point is proposed once: %s', (_, spaceOfTrial, only) => {
      const log = new TrialLog(spaceOfTrial, () => 1);
      const sampler = create(spaceOfTrial, 5);
      expect(sampler.suggest(0, log.historyAt(0, LAG))).toEqual(only);
      log.add(only);
      expect(sampler.suggest(1, log.historyAt(1, 1))).toBeUndefined();
      expect(sampler.suggest(1, log.historyAt(1, LAG))).toBeUndefined();
    });

    describe('takes any history', () => {
      const spaceOfTrial = mixedSpace();
      test.each<[string, number, number, Judge]>([
        ['one completed trial', 1, 1, () => 0.7],
        ['one failed trial', 1, 1, () => undefined],
        ['nothing but trials in flight', 6, 8, () => 0.7],
        ['all failed', 40, LAG, () => undefined],
        ['all equal', 40, LAG, () => 0.7],
        ['two values only', 40, LAG, (_, trial) => trial % 2],
        ['huge and tiny values', 40, LAG, (_, trial) => (trial % 2 === 0 ? 1e300 : -1e-300)],
        ['2,000 trials', 2000, LAG, judgeOf(spaceOfTrial)],
      ])('%s', (_, count, lag, judge) => {
        const log = randomLog(spaceOfTrial, count, judge);
        for (const goal of ['maximize', 'minimize'] as const) {
          expectLegal(spaceOfTrial, create(spaceOfTrial, 3000, 7, goal), log, count, lag);
        }
      });
    });
  });
}
