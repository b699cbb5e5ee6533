import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SAMPLERS } from '../../src/samplers/index.js';
import { bareSpecFromObject } from '../../src/spec/bare-spec.js';
import { parseSpec } from '../../src/spec/load-spec.js';
import type { SearchMethod } from '../../src/spec/study-spec.js';
import { problemsOf } from './problems-of.js';

const X = { x: { min: 0, max: 1 } };

function bareProblems(given: unknown): readonly string[] {
  return problemsOf(() => bareSpecFromObject(given));
}

describe('a space without data', () => {
  test('gets its defaults', () => {
    const { space, source, ...rest } = bareSpecFromObject({ objective: { goal: 'minimize' }, parameters: X });
    expect(rest).toEqual({
      name: 'study',
      seed: 0,
      objective: { metric: 'value', goal: 'minimize', also: [] },
      repeats: 1,
      search: expect.objectContaining({ trials: 50, initial: [] }),
      budget: {},
    });
    expect(space.parameters).toEqual([{ name: 'x', domain: { kind: 'float', min: 0, max: 1, log: false } }]);
    expect(source).toEqual({ objective: { goal: 'minimize' }, parameters: X });
  });

  test('may use every key that means something to it', () => {
    const {
      space,
      source: _source,
      ...rest
    } = bareSpecFromObject({
      version: 1,
      name: 'latency',
      seed: 7,
      objective: { metric: 'p99', goal: 'minimize', target: 3, also: ['p50', 'p99', 'p50'] },
      evaluation: { repeats: 3 },
      search: { method: 'tpe', trials: 12, lag: 2, initial: [{ pool: 8 }] },
      parameters: {
        pool: 'int(1, 64)',
        cache: { values: ['none', 'lru'] },
        size: { min: 1, max: 9, when: "cache == 'lru'" },
      },
      constraints: ['pool * size <= 100'],
      budget: { wall: '1m', trial: '10s', fold: '5s', patience: 6 },
    });
    expect(rest).toEqual({
      name: 'latency',
      seed: 7,
      objective: { metric: 'p99', goal: 'minimize', target: 3, also: ['p50'] },
      repeats: 3,
      search: { method: 'tpe', trials: 12, lag: 2, initial: [{ pool: 8, cache: 'none' }], defaults: true },
      budget: { wallMs: 60_000, trialMs: 10_000, foldMs: 5_000, patience: 6 },
    });
    expect(space.feasible({ pool: 64, cache: 'lru', size: 2 })).toBe(false);
  });

  test('takes the goal of a metric that is known, and refuses the other one', () => {
    expect(bareSpecFromObject({ objective: { metric: 'rmse' }, parameters: X }).objective.goal).toBe('minimize');
    expect(bareProblems({ objective: { metric: 'rmse', goal: 'maximize' }, parameters: X })).toEqual([
      'objective.goal: rmse is a metric to minimize, got maximize; leave the goal out',
    ]);
  });

  test('may call parameters what is reserved beside models', () => {
    const parameters = {
      model: 'choice(a, b)',
      preprocess: 'int(0, 3)',
      svm: { min: 0, max: 1, when: "model == 'a'" },
    };
    const { space } = bareSpecFromObject({ objective: { goal: 'maximize' }, parameters });
    expect(space.parameters.map(({ name }) => name)).toEqual(['model', 'preprocess', 'svm']);
  });

  test('takes undefined for left out, and is not changed by what happens to the object later', () => {
    const values = [1, 2];
    const spec = bareSpecFromObject({
      name: undefined,
      objective: { goal: 'maximize', target: undefined },
      budget: undefined,
      parameters: { x: { values, when: undefined } },
    });
    values.push(3);
    expect(spec.space.size).toBe(2);
    expect(spec.source).toEqual({ objective: { goal: 'maximize' }, parameters: { x: { values: [1, 2] } } });
  });

  test('hands warnings over', () => {
    const warnings: string[] = [];
    const parameters = { x: { min: '1e-3', max: 1 } };
    bareSpecFromObject({ objective: { goal: 'maximize' }, parameters }, (text) => warnings.push(text));
    expect(warnings).toEqual(["parameters.x.min: '1e-3' is text; read as the number 0.001, write it without quotes"]);
  });

  test('reports every problem at once', () => {
    expect(
      bareProblems({
        objective: {},
        search: { method: 'bayse' },
        parameters: { x: { min: 2, max: 1 } },
        constraint: ['x > 0'],
      }),
    ).toEqual(
      expect.arrayContaining([
        "objective: needs the key 'goal': maximize or minimize",
        expect.stringContaining("got 'bayse' (did you mean 'bayes'?)"),
        'parameters.x: min must be <= max, got min 2, max 1',
        "constraint: unknown key (did you mean 'constraints'?)",
      ]),
    );
  });

  test.each([
    ['nothing', undefined, 'must be a map such as'],
    ['a list', [], 'must be a map such as'],
    ['no objective', { parameters: X }, "needs the key 'objective'"],
    ['no parameters', { objective: { goal: 'minimize' } }, "needs the key 'parameters'"],
    ['empty parameters', { objective: { goal: 'minimize' }, parameters: {} }, 'got an empty map'],
    ['a wrong goal', { objective: { goal: 'min' }, parameters: X }, 'must be one of maximize, minimize'],
    ['data', { objective: { goal: 'minimize' }, parameters: X, data: {} }, 'data: belongs to a study with data'],
    ['models', { objective: { goal: 'minimize' }, parameters: X, models: {} }, 'models: belongs to a study with data'],
  ])('refuses %s', (_, given, message) => {
    expect(bareProblems(given)).toEqual([expect.stringContaining(message)]);
  });
});

test('the methods that a spec may name are those that there are', () => {
  const methods = { grid: 0, random: 0, sobol: 0, bayes: 0, gp: 0, tpe: 0, 'cma-es': 0 } satisfies Record<
    SearchMethod,
    0
  >;
  expect(Object.keys(methods).sort()).toEqual(SAMPLERS.map(({ name }) => name).sort());
});

describe('several objectives are refused with what to do instead', () => {
  const message = 'several objectives are not supported; rank by one metric and report the others with `also:`';
  test.each([
    ['objective', { objective: [{ goal: 'minimize' }, { goal: 'maximize' }] }],
    ['objective.metric', { objective: { metric: ['loss', 'size'], goal: 'minimize' } }],
    ['objective.goal', { objective: { goal: ['minimize', 'maximize'] } }],
  ])('%s', (path, given) => {
    expect(bareProblems({ ...given, parameters: X })).toEqual([`${path}: ${message}`]);
  });

  test.each([
    ['objective', 'objective: [{metric: accuracy}, {metric: log_loss}]'],
    ['objective.metric', 'objective: {metric: [accuracy, log_loss]}'],
    ['objective.goal', 'objective: {metric: accuracy, goal: [maximize, minimize]}'],
  ])('%s in a file', (path, text) => {
    const rest = 'data: {file: data.csv, target: y}\nmodels: {knn: {use: knn}}\n';
    const options = { file: 'space.yaml', directory: '/', name: 'space' };
    expect(problemsOf(() => parseSpec(`${text}\n${rest}`, options))).toEqual([
      expect.stringContaining(`${path}: ${message} (space.yaml:1:`),
    ]);
  });

  test('a key of the wrong name says so too', () => {
    const given = { objectives: [{ goal: 'minimize' }], parameters: X };
    expect(bareProblems(given)).toEqual([`objectives: unknown key; write 'objective'; ${message}`]);
  });
});

test('anything else is refused with issues, and nothing else is thrown', () => {
  const keys = ['objective', 'parameters', 'search', 'budget', 'goal', 'x', 'min', 'max', 'values', 'when', 'initial'];
  const given = fc.anything({ key: fc.constantFrom(...keys), maxDepth: 4, withBigInt: true, withDate: true });
  const whole = fc.record({ objective: given, parameters: given, search: given, constraints: given, budget: given });
  fc.assert(
    fc.property(fc.oneof(given, whole), (value) => {
      for (const problem of bareProblems(value)) expect(problem).not.toMatch(/\[object/);
    }),
    { numRuns: 300 },
  );
});
