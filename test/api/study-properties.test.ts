import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStudy } from '../../src/api/create-study.js';
import type { Proposal, Study } from '../../src/api/study.js';
import type { ToldResult } from '../../src/api/told-result.js';
import { bareSpecFromObject } from '../../src/spec/bare-spec.js';
import type { SearchMethod } from '../../src/spec/study-spec.js';
import type { Params } from '../../src/trial.js';
import { judge, specOf } from './random-spec.js';

const METHODS: readonly SearchMethod[] = ['grid', 'random', 'sobol', 'bayes', 'gp', 'tpe', 'cma-es'];
const TRIALS = 24;
const RUNS = 8;

/** What a caller does next: ask, or tell one of the trials in flight (chosen by `place`) a value or a failure. */
interface Step {
  readonly ask: boolean;
  readonly place: number;
  readonly fails: boolean;
}

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    ask: fc.boolean(),
    place: fc.nat({ max: 1000 }),
    fails: fc.integer({ min: 0, max: 5 }).map((draw) => draw === 0),
  }),
  { minLength: 20, maxLength: 80 },
);

function resultOf(params: Params, fails: boolean): ToldResult {
  return fails ? { error: 'diverged' } : { value: judge(params), variance: 0.001 };
}

/** Takes the steps; asks where there is nothing to tell. @returns what was proposed. */
function take(study: Study, plan: readonly Step[]): Proposal[] {
  const inFlight: Proposal[] = [];
  const proposals: Proposal[] = [];
  for (const { ask, place, fails } of plan) {
    if (!ask && inFlight.length > 0) {
      const [{ number, params }] = inFlight.splice(place % inFlight.length, 1) as [Proposal];
      study.tell(number, resultOf(params, fails));
      continue;
    }
    const proposal = study.ask();
    if (proposal === undefined) continue;
    inFlight.push(proposal);
    proposals.push(proposal);
  }
  return proposals;
}

describe.each(METHODS)('%s', (method) => {
  test('proposes what the space holds, each once, whatever the order of telling; the same when done again', () => {
    fc.assert(
      fc.property(specOf(method, TRIALS), steps, (spec, plan) => {
        const { space } = bareSpecFromObject(spec);
        const study = createStudy(spec);
        const proposals = take(study, plan);
        expect(proposals.map(({ number }) => number)).toEqual(proposals.map((_, i) => i));
        for (const { params } of proposals) expect(space.problems(params)).toEqual([]);
        expect(new Set(proposals.map(({ params }) => space.key(params))).size).toBe(proposals.length);
        expect(take(createStudy(spec), plan)).toEqual(proposals);
        const scores = study.trials.flatMap(({ score }) => score ?? []);
        const best = spec.objective.goal === 'minimize' ? Math.min(...scores) : Math.max(...scores);
        expect(study.best?.score).toBe(scores.length === 0 ? undefined : best);
      }),
      { numRuns: RUNS },
    );
  });

  test('proposes by what was told, not by the order of telling', () => {
    const ranks = fc.array(fc.nat({ max: 1000 }), { minLength: 14, maxLength: 14 });
    fc.assert(
      fc.property(specOf(method, TRIALS), ranks, (spec, order) => {
        const next = (sort: (numbers: number[]) => number[]) => {
          const study: Study = createStudy(spec);
          const batch = order.flatMap(() => study.ask() ?? []);
          for (const number of sort(batch.map((proposal) => proposal.number))) {
            study.tell(number, resultOf(batch[number]!.params, number % 5 === 4));
          }
          return study.ask();
        };
        const inOrder = next((numbers) => numbers);
        expect(next((numbers) => numbers.toSorted((a, b) => order[a]! - order[b]! || a - b))).toEqual(inOrder);
      }),
      { numRuns: RUNS },
    );
  });

  test('ends when a finite space is used up, and not before', () => {
    const parameters = { a: 'int(1, 3)', b: { values: ['x', 'y'] }, c: { values: [1, 2], when: "b == 'x'" } } as const;
    const study = createStudy({ objective: { goal: 'minimize' }, search: { method, trials: 50 }, parameters });
    let count = 0;
    for (let trial = study.ask(); trial !== undefined; trial = study.ask()) {
      count++;
      if (trial.number % 3 !== 0) study.tell(trial.number, trial.params.a);
    }
    // Three values of a, and b with c: x1, x2, y.
    expect(count).toBe(9);
    expect(study.stopped).toBe('exhausted');
  });
});

test('trials in flight are kept apart: a batch asked for at once spreads out', () => {
  const parameters = { x: { min: 0, max: 1 }, y: { min: 0, max: 1 } };
  for (const method of ['bayes', 'gp', 'tpe'] as const) {
    const study = createStudy({ objective: { goal: 'minimize' }, search: { method }, parameters });
    for (let trial = 0; trial < 12; trial++) {
      const { number, params } = study.ask()!;
      study.tell(number, Math.sin(9 * params.x) + Math.cos(7 * params.y) + params.x * params.y);
    }
    const batch = Array.from({ length: 6 }, () => study.ask()!.params);
    const distances = batch.flatMap((a, i) => batch.slice(0, i).map((b) => Math.hypot(a.x - b.x, a.y - b.y)));
    // Where trials in flight are not seen, the batch crowds within less than 0.2.
    expect(Math.max(...distances), method).toBeGreaterThan(0.3);
  }
});

test('a study that learns does better than one that does not', () => {
  const parameters = { x: { min: -5, max: 5 }, y: { min: -5, max: 5 } };
  const best = (method: SearchMethod, seed: number) => {
    const study = createStudy({ seed, objective: { goal: 'minimize' }, search: { method, trials: 40 }, parameters });
    for (let trial = study.ask(); trial !== undefined; trial = study.ask()) {
      const { x, y } = trial.params;
      study.tell(trial.number, (x - 1) ** 2 + (y + 2) ** 2);
    }
    return study.best!.score;
  };
  for (const method of ['bayes', 'gp', 'tpe', 'cma-es'] as const) {
    const wins = [0, 1, 2].filter((seed) => best(method, seed) < best('random', seed));
    expect(wins.length, method).toBeGreaterThanOrEqual(2);
  }
});
