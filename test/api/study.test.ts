import { afterEach, describe, expect, expectTypeOf, test, vi } from 'vitest';
import { createStudy } from '../../src/api/create-study.js';
import type { ToldResult } from '../../src/api/told-result.js';
import { SpaceFileError, UsageError } from '../../src/errors.js';
import type { StudySpec } from '../../src/spec/study-spec.js';
import type { Params } from '../../src/trial.js';

const LINE = { objective: { goal: 'minimize' }, parameters: { x: { min: 0, max: 1 } } } as const;

function asked<T>(proposal: T | undefined): T {
  expect(proposal).toBeDefined();
  return proposal!;
}

describe('asking and telling', () => {
  test('numbers the trials from 0 and leads to the best', () => {
    const study = createStudy({ ...LINE, search: { method: 'sobol', trials: 4 } });
    expect(study.best).toBeUndefined();
    const values = [3, 1, 2, 1];
    for (const [number, value] of values.entries()) {
      const proposal = asked(study.ask());
      expect(proposal.number).toBe(number);
      study.tell(proposal.number, value);
    }
    expect(study.stopped).toBeUndefined();
    expect(study.ask()).toBeUndefined();
    expect(study.stopped).toBe('trials');
    expect(study.best).toMatchObject({ number: 1, score: 1, state: 'completed' });
    expect(study.best!.params).toEqual(study.trials[1]!.params);
    expect(study.trials.map(({ score }) => score)).toEqual(values);
  });

  test('shows what is in flight, what failed and why', () => {
    const study = createStudy({ ...LINE, search: { trials: 4 } });
    for (let trial = 0; trial < 4; trial++) study.ask();
    study.tell(2, { value: 0.5, variance: 0.01 });
    study.tell(0, { error: new Error('out of disk') });
    study.tell(3, Number.NaN);
    expect(study.trials).toMatchObject([
      { number: 0, state: 'failed', score: undefined, reason: 'out of disk' },
      { number: 1, state: 'running', score: undefined, reason: undefined },
      { number: 2, state: 'completed', score: 0.5, variance: 0.01 },
      { number: 3, state: 'failed', score: undefined, reason: 'the value must be a finite number, got NaN' },
    ]);
    expect(study.best!.number).toBe(2);
  });

  test('a list of trials is of the moment at which it was asked for', () => {
    const study = createStudy(LINE);
    study.ask();
    const before = study.trials;
    study.tell(0, 1);
    study.ask();
    expect(before).toMatchObject([{ state: 'running' }]);
  });

  test.each<[string, ToldResult, string]>([
    ['Infinity', Number.POSITIVE_INFINITY, 'the value must be a finite number, got Infinity'],
    ['-Infinity, which would be the lowest', -Infinity, 'the value must be a finite number, got -Infinity'],
    ['{value: NaN}', { value: Number.NaN }, 'the value must be a finite number, got NaN'],
    ['an error in words', { error: 'diverged' }, 'diverged'],
    ['an error without words', { error: '' }, 'failed without a reason'],
    ['an error that is nothing', { error: undefined }, 'failed without a reason'],
    ['an error that is a map', { error: { code: 3 } }, '{ code: 3 }'],
  ])('%s makes a failed trial', (_, result, reason) => {
    const study = createStudy(LINE);
    study.ask();
    study.tell(0, result);
    expect(study.trials[0]).toMatchObject({ state: 'failed', reason });
    expect(study.best).toBeUndefined();
  });

  test('params cannot be changed, for the study remembers them', () => {
    const study = createStudy({ ...LINE, parameters: { shape: { values: [[1, 2], [3]] } } });
    const { params } = asked(study.ask());
    expect(() => Object.assign(params, { shape: 0 })).toThrow(TypeError);
    expect(Object.isFrozen(params.shape)).toBe(true);
  });
});

describe('what cannot be told is refused, and changes nothing', () => {
  const two = () => {
    const study = createStudy(LINE);
    study.ask();
    study.ask();
    return study;
  };

  test('a trial that was never asked for', () => {
    const study = two();
    for (const number of [2, -1, 0.5, Number.NaN]) {
      expect(() => study.tell(number, 1)).toThrow(UsageError);
      expect(() => study.tell(number, 1)).toThrow(`trial ${number} was never asked for (so far 0 to 1)`);
    }
    expect(() => createStudy(LINE).tell(0, 1)).toThrow('trial 0 was never asked for (none so far)');
  });

  test('a trial that was told before', () => {
    const study = two();
    study.tell(1, 0.25);
    expect(() => study.tell(1, 0.1)).toThrow('trial 1 was told before: 0.25');
    study.tell(0, { error: 'broke' });
    expect(() => study.tell(0, 0.1)).toThrow('trial 0 was told before: broke');
    expect(study.best).toMatchObject({ number: 1, score: 0.25 });
  });

  test.each([
    ['nothing', undefined, 'got undefined'],
    ['null', null, 'got null'],
    ['text', '0.5', "got '0.5'"],
    ['a bigint', 1n, 'got 1n'],
    ['an empty object', {}, 'got {}'],
    ['a value and an error', { value: 1, error: 'x' }, "got { value: 1, error: 'x' }"],
    ['a value that is text', { value: '1' }, "got { value: '1' }"],
    ['a negative variance', { value: 1, variance: -1 }, 'the variance must be a finite number >= 0, got -1'],
    [
      'a variance that is NaN',
      { value: 1, variance: Number.NaN },
      'the variance must be a finite number >= 0, got NaN',
    ],
    ['several values', [1, 2], 'got [ 1, 2 ]'],
    ['several values by name', { value: [1, 2] }, 'got { value: [ 1, 2 ] }'],
  ])('%s', (_, result, message) => {
    const study = two();
    const tell = () => study.tell(0, result as ToldResult);
    expect(tell).toThrow(UsageError);
    expect(tell).toThrow(message);
    expect(study.trials[0]!.state).toBe('running');
    study.tell(0, 1);
  });

  test('several values say that there is one objective', () => {
    const study = two();
    const hints = [[1, 2], { value: [1, 2] }].map((result: unknown) => {
      try {
        study.tell(0, result as ToldResult);
      } catch (error) {
        return (error as UsageError).hint;
      }
      return undefined;
    });
    for (const hint of hints) expect(hint).toMatch(/^several objectives are not supported/);
  });
});

describe('a study ends', () => {
  afterEach(() => vi.useRealTimers());

  test('when the space is used up, with trials in flight or without', () => {
    const study = createStudy({ ...LINE, parameters: { a: 'choice(x, y)', b: 'int(1, 2)' } });
    const seen = new Set<string>();
    for (let trial = 0; trial < 4; trial++) seen.add(JSON.stringify(asked(study.ask()).params));
    expect(seen.size).toBe(4);
    expect(study.ask()).toBeUndefined();
    expect(study.stopped).toBe('exhausted');
    study.tell(3, 1);
    expect(study.best!.number).toBe(3);
    expect(study.ask()).toBeUndefined();
  });

  test('when the target is reached, whichever trial it is', () => {
    const study = createStudy({ ...LINE, objective: { goal: 'maximize', target: 0.9 } });
    for (let trial = 0; trial < 3; trial++) study.ask();
    study.tell(2, 0.8);
    expect(study.ask()).toBeDefined();
    study.tell(1, 0.9);
    expect(study.ask()).toBeUndefined();
    expect(study.stopped).toBe('target');
  });

  test('when so many trials brought no improvement, failed ones among them', () => {
    const study = createStudy({ ...LINE, budget: { patience: 3 } });
    for (const result of [5, 4, { error: 'x' }, 4, 6]) {
      expect(study.stopped).toBeUndefined();
      study.tell(asked(study.ask()).number, result);
    }
    expect(study.ask()).toBeUndefined();
    expect(study.stopped).toBe('patience');
  });

  test('when nothing ever worked, by patience too', () => {
    const study = createStudy({ ...LINE, budget: { patience: 2 } });
    for (let trial = 0; trial < 2; trial++) study.tell(asked(study.ask()).number, { error: 'x' });
    expect(study.ask()).toBeUndefined();
    expect(study.stopped).toBe('patience');
  });

  test('for good: a result that comes late does not begin it again', () => {
    const study = createStudy({ ...LINE, budget: { patience: 1 } });
    for (let trial = 0; trial < 3; trial++) study.ask();
    study.tell(0, 5);
    study.tell(1, 5);
    expect(study.ask()).toBeUndefined();
    study.tell(2, 1);
    expect(study.ask()).toBeUndefined();
    expect(study.best).toMatchObject({ number: 2, score: 1 });
  });

  test('when the time is up', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const study = createStudy({ ...LINE, budget: { wall: '2s' } });
    vi.advanceTimersByTime(1999);
    expect(study.ask()).toBeDefined();
    vi.advanceTimersByTime(1);
    expect(study.ask()).toBeUndefined();
    expect(study.stopped).toBe('wall');
  });
});

describe('the spec', () => {
  test('may not hold what only a scheduler can keep', () => {
    const spec: StudySpec = {
      ...LINE,
      objective: { goal: 'minimize', also: ['size'] },
      evaluation: { repeats: 3 },
      budget: { trial: '1m', fold: '1m', wall: '1h' },
    };
    const error = (() => {
      try {
        createStudy(spec);
      } catch (thrown) {
        return thrown;
      }
      return undefined;
    })();
    expect(error).toBeInstanceOf(SpaceFileError);
    expect((error as SpaceFileError).issues.map(({ path }) => path)).toEqual([
      'budget.trial',
      'budget.fold',
      'evaluation',
      'objective.also',
    ]);
  });

  test('begins with the configurations given', () => {
    const study = createStudy({
      ...LINE,
      parameters: { x: { min: 0, max: 1 }, y: { values: ['a', 'b'], default: 'b' } },
      search: { method: 'tpe', initial: [{ x: 0.25 }, { x: 0.75, y: 'a' }] },
    });
    expect([study.ask()?.params, study.ask()?.params]).toEqual([
      { x: 0.25, y: 'b' },
      { x: 0.75, y: 'a' },
    ]);
  });

  test('that leaves nothing is refused before there is a study', () => {
    expect(() => createStudy({ ...LINE, constraints: ['x > 2'] })).toThrow(SpaceFileError);
  });

  test('gives parameters their types', () => {
    const study = createStudy({
      objective: { goal: 'minimize' },
      parameters: {
        rate: 'loguniform(1e-4, 1)',
        kernel: { values: ['rbf', 'poly'] },
        degree: { min: 2, max: 5, type: 'int', when: "kernel == 'poly'" },
        shift: { normal: { mean: 0, std: 1 } },
        fixed: 'adam',
        word: 'choice(a, b)',
      },
    });
    const { params } = asked(study.ask());
    expectTypeOf(params.rate).toEqualTypeOf<number>();
    expectTypeOf(params.kernel).toEqualTypeOf<'rbf' | 'poly'>();
    expectTypeOf(params.degree).toEqualTypeOf<number | undefined>();
    expectTypeOf(params.shift).toEqualTypeOf<number>();
    expectTypeOf(params.fixed).toEqualTypeOf<'adam'>();
    expect(Object.keys(params)).toEqual(expect.arrayContaining(['rate', 'kernel', 'shift', 'fixed', 'word']));
    const open: StudySpec = LINE;
    const { params: untyped } = asked(createStudy(open).ask());
    expectTypeOf(untyped).toEqualTypeOf<Params>();
  });
});
