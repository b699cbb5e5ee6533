import fc from 'fast-check';
import type { ParameterSpec, SearchMethod, StudySpec } from '../../src/spec/study-spec.js';
import type { Params } from '../../src/trial.js';

const whole = (min: number, max: number) => fc.integer({ min, max });

/** Parameters that a grid takes too. */
const parameter: fc.Arbitrary<ParameterSpec> = fc.oneof(
  whole(1, 5).map((max) => ({ min: 0, max, type: 'int' as const })),
  whole(2, 40).map((max) => ({ min: 1, max, type: 'int' as const, log: true })),
  whole(1, 9).map((max) => ({ min: -1, max, grid: 3 })),
  whole(2, 6).map((max) => ({ min: 1e-3, max, log: true, grid: 4 })),
  whole(1, 4).map((count) => ({ min: 0, max: count, step: 0.5 })),
  whole(1, 4).map((count) => ({ values: ['a', 'b', null, true].slice(0, count) })),
  whole(2, 4).map((count) => ({ values: [1, 10, 100, 1000].slice(0, count), ordered: true })),
  fc.constant({ normal: { mean: 0, std: 2 }, grid: 3 }),
  fc.constant('fixed'),
);

/** A space of one to five parameters, some of them conditional, with or without a constraint. */
export function specOf(method: SearchMethod, trials: number): fc.Arbitrary<StudySpec> {
  return fc
    .record({
      seed: whole(0, 1000),
      goal: fc.constantFrom('maximize' as const, 'minimize' as const),
      parameters: fc.array(fc.tuple(parameter, fc.boolean()), { minLength: 1, maxLength: 4 }),
      constrained: fc.boolean(),
    })
    .map(({ seed, goal, parameters, constrained }) => ({
      seed,
      objective: { goal },
      search: { method, trials },
      parameters: {
        branch: { values: ['left', 'right'] },
        ...Object.fromEntries(
          parameters.map(([given, conditional], i) => {
            const when = i % 2 === 0 ? "branch == 'left'" : "branch != 'left'";
            return [`p${i}`, conditional && typeof given === 'object' ? { ...given, when } : given];
          }),
        ),
        share: { min: 0, max: 1, grid: 5 },
      },
      constraints: constrained ? ["branch == 'left' or share < 0.6"] : [],
    }));
}

/** What an objective of these spaces says: a number that differs a little from one configuration to the next. */
export function judge(params: Params): number {
  const share = Number(params.share);
  return (share - 0.3) ** 2 + (params.branch === 'left' ? 0.1 : 0) + 0.01 * Object.keys(params).length;
}
