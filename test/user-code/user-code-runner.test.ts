import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { TrainerParams } from '../../src/trainers/trainer.js';
import { UserCodeRunner } from '../../src/user-code/user-code-runner.js';
import { PLAN, recordedContext, taskOf } from './task-context.js';

const fixture = (name: string) => join(import.meta.dirname, 'fixtures', name);

function runner(file: string, plan?: typeof PLAN) {
  return new UserCodeRunner(plan, { mine: { kind: 'module', file: fixture(file) } });
}

async function reason(file: string, params: TrainerParams): Promise<string> {
  const outcome = await runner(file).run(taskOf(params), recordedContext().context);
  return outcome.state === 'failed' ? outcome.reason : outcome.state;
}

describe('a module that is the objective', () => {
  test('gets parameters and context, reports, and gives its metrics', async () => {
    const { context, reports } = recordedContext({ metrics: ['score', 'seed', 'trial', 'repeat'] });
    const outcome = await runner('objective.js').run(taskOf({ x: 4 }, { fold: 2 }), context);
    expect(outcome).toMatchObject({ state: 'completed', scores: { score: 4, seed: 9, trial: 3, repeat: 2 } });
    expect(reports).toEqual([
      [1, 2],
      [2, 4],
    ]);
  });

  test('may be CommonJS and asynchronous', async () => {
    const outcome = await runner('common.cjs').run(taskOf({ x: 4 }), recordedContext().context);
    expect(outcome).toMatchObject({ state: 'completed', scores: { score: 40 } });
  });

  test.each([
    ['throws an error', 'no luck'],
    ['throws a text', 'just text'],
    ['throws nothing', 'undefined'],
    ['rejects', 'TypeError'],
    ['returns NaN', 'score must be a finite number, got NaN'],
    ['returns a text', "the objective must return a number or an object of numbers, got '0.9'"],
    ['returns nothing', 'the objective must return a number or an object of numbers, got undefined'],
    ['returns a list', /several objectives are not supported/],
    ['returns infinity', 'score must be a finite number, got Infinity'],
    ['returns another metric', 'score is missing from what the objective returned; got loss'],
    ['reports backwards', 'report(step, value): step must be a whole number above 2, got 1'],
    ['reports NaN', 'report(step, value): value must be a finite number, got NaN'],
  ])('that %s has failed for that reason', async (does, expected) => {
    expect(await reason('behaviour.js', { does })).toMatch(expected);
  });

  test('that does not exist, cannot be read, or exports something else', async () => {
    expect(await reason('missing.js', {})).toMatch(/^the module cannot be loaded: .*missing\.js/);
    // Vitest loads the module in Node's place; what Node says of its line is in the end-to-end tests.
    expect(await reason('broken.js', {})).toMatch(/^the module cannot be loaded: .*\(.*broken\.js(:\d+)?\)$/s);
    expect(await reason('nothing.js', {})).toMatch(
      /^without data, a module must export evaluate\(params, context\); it exports helper, other \(.*nothing\.js\)$/,
    );
    expect(await reason('trainer.js', {})).toMatch(/it exports fit/);
  });
});

test.each([
  ['objective', 'behaviour.js', { does: 'throws an error' }, undefined, /no luck\n\s+at .*behaviour\.js:\d+:\d+/],
  ['trainer', 'trainer.js', { cut: 4, gives: 'fold' }, PLAN, /fold 0.*\n\s+at .*trainer\.js:\d+:\d+/],
] as const)('where an error of an %s came from is in its log', async (_what, file, params, plan, expected) => {
  const { context } = recordedContext({ plan });
  await runner(file, plan).run(taskOf(params), context);
  expect(context.stderr.lastLines).toMatch(expected);
});

describe('a module that is a trainer', () => {
  const run = (params: TrainerParams, metrics = ['accuracy', 'brier']) => {
    const plan = { ...PLAN, metrics };
    return runner('trainer.js', plan).run(taskOf(params), recordedContext({ plan, metrics }).context);
  };

  test.each(['arrays', 'bytes'])('is cross-validated like the built-in ones: %s', async (gives) => {
    // The ages of the test rows are 3, 6, 2.5 and the median of the training rows, 4.5; the labels no, yes, no, yes.
    const scores = { accuracy: 1, brier: expect.closeTo(0.04, 10) };
    expect(await run({ cut: 4, gives })).toMatchObject({ state: 'completed', scores });
  });

  test.each([
    ['fold', 'mine: fold 0, trial 3, classes no,yes'],
    ['no model', 'mine: fit must return an object with the method predict(features)'],
    ['a text', 'mine: predict must return an array of numbers, got string'],
    ['rows', 'mine: predict must return numbers (row-major, one number after the other), got [ 0 ] at 0'],
    ['too few', 'mine: predict must give 4 numbers, got 1'],
    ['a fraction', 'mine: predict must give class indices 0 to 1, got 0.5'],
    ['bigints', 'mine: predict must return numbers, got 0n at 0'],
  ])('that gives %s has failed for a reason', async (gives, expected) => {
    expect(await run({ cut: 4, gives })).toEqual({ state: 'failed', reason: expected });
  });
});

test.each(['rows', 'labels', 'test rows'])(
  'a trainer may write to its %s: later trials do not see it',
  async (writes) => {
    const plan = { ...PLAN, metrics: ['accuracy', 'brier'] };
    const user = runner('trainer.js', plan);
    const { context } = recordedContext({ plan, metrics: plan.metrics });
    const scores = { accuracy: 1, brier: expect.closeTo(0.04, 10) };
    for (const params of [
      { cut: 4, writes },
      { cut: 4, writes: 'nothing' },
    ]) {
      expect(await user.run(taskOf(params), context)).toMatchObject({ state: 'completed', scores });
    }
    const told = { state: 'failed', reason: 'mine: fold 0, trial 3, classes no,yes' };
    expect(await user.run(taskOf({ cut: 4, gives: 'fold' }), context)).toEqual(told);
  },
);

test('a built-in model is none of its tasks', () => {
  expect(runner('objective.js').runs(taskOf({}))).toBe(true);
  expect(runner('objective.js').runs(taskOf({}, { model: 'dummy' }))).toBe(false);
});
