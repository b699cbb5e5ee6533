import { describe, expect, test } from 'vitest';
import { formatIssue, SpaceFileError } from '../../src/errors.js';
import { IssueList } from '../../src/spec/issue-list.js';
import { readParameter } from '../../src/spec/parameter-domain.js';
import { PARAMETER } from '../../src/spec/parameter-shape.js';

function read(value: unknown) {
  const issues = new IssueList(() => ({}));
  const notation = PARAMETER.check(value, ['p'], issues);
  const parameter = notation === undefined ? undefined : readParameter(notation, ['p'], issues);
  issues.throwIfAny('space');
  return parameter;
}

function message(value: unknown): string {
  try {
    return JSON.stringify(read(value));
  } catch (error) {
    if (error instanceof SpaceFileError) return error.issues.map(formatIssue).join('\n');
    throw error;
  }
}

const float = (min: number, max: number, more = {}) => ({ kind: 'float', min, max, log: false, ...more });
const int = (min: number, max: number, more = {}) => ({ kind: 'int', min, max, log: false, step: 1, ...more });
const values = (...items: unknown[]) => ({ kind: 'categorical', values: items, ordered: false });
const constant = (value: unknown) => ({ kind: 'constant', value });

describe('notations of a parameter', () => {
  test.each([
    [3, constant(3)],
    ['sqrt', constant('sqrt')],
    [null, constant(null)],
    [true, constant(true)],
    ['uniform(0.5, 2)', float(0.5, 2)],
    ['loguniform(1e-4, 0.3)', float(1e-4, 0.3, { log: true })],
    ['quniform(0.5, 1.0, 0.1)', float(0.5, 1, { step: 0.1 })],
    ['int(2, 12)', int(2, 12)],
    [' int ( -2 , 12 ) ', int(-2, 12)],
    ['logint(1, 1000)', int(1, 1000, { log: true })],
    ['normal(0, 2)', { kind: 'normal', mean: 0, std: 2, log: false }],
    ['lognormal(-1, 0.5)', { kind: 'normal', mean: -1, std: 0.5, log: true }],
    ["choice(a, 'b, c', 3, null, true, [1, 2])", values('a', 'b, c', 3, null, true, [1, 2])],
    ['choice(a)', constant('a')],
    [{ values: ['a', null, [1, 2]] }, values('a', null, [1, 2])],
    [
      { values: [1, 2], ordered: true },
      { kind: 'categorical', values: [1, 2], ordered: true },
    ],
    [{ values: ['a'] }, constant('a')],
    [{ min: 1, max: 2 }, float(1, 2)],
    [{ min: 1, max: 2, type: 'float', step: 0.25 }, float(1, 2, { step: 0.25 })],
    [{ min: 1e-3, max: 1e3, log: true }, float(1e-3, 1e3, { log: true })],
    [{ min: 20, max: 500, log: true, type: 'int' }, int(20, 500, { log: true })],
    [{ min: 1, max: 9, step: 2, type: 'int' }, int(1, 9, { step: 2 })],
    [{ min: 4, max: 4, type: 'int' }, constant(4)],
    [
      { normal: { mean: 0, std: 1, min: -2, max: 2 } },
      { kind: 'normal', mean: 0, std: 1, min: -2, max: 2, log: false },
    ],
  ])('%j', (notation, domain) => {
    expect(read(notation)).toEqual({ domain });
  });

  test('default, grid and when come along', () => {
    expect(read({ min: 0, max: 1, default: 0.5, grid: 7, when: 'a == 1' })).toEqual({
      domain: float(0, 1),
      default: 0.5,
      gridPoints: 7,
      when: 'a == 1',
    });
    expect(read({ values: ['a', 'b'], default: 'b' })).toEqual({ domain: values('a', 'b'), default: 'b' });
    expect(read({ values: [1, null], default: null })).toEqual({ domain: values(1, null), default: null });
  });

  test.each([
    [{ min: 1, max: 3, step: 5 }, 'step must be <= max - min, got step 5, min 1, max 3'],
    [{ min: -1e308, max: 1e308 }, 'the range is too wide'],
    [{ min: 1, max: 3, step: 0 }, 'p.step: must be a number > 0, got 0'],
    [{ min: 1, max: 9, type: 'integer' }, "p.type: must be one of float, int, got 'integer'"],
    [{ min: 'low', max: 9 }, "p.min: must be a number, got 'low'"],
    [{ low: 1, high: 2 }, "p.low: unknown key; write 'min'"],
    [{ max: 9, distribution: 'uniform' }, "p: needs the key 'min': the least value"],
    [{ choices: [1, 2] }, "p.choices: unknown key; write 'values'"],
    [{ value: 3 }, "p.value: unknown key; write 'values'"],
    [{ values: 'a, b' }, "p.values: must be a list such as [a, b, c], got 'a, b'"],
    [{ values: [1, { a: 1 }] }, 'p.values[1]: must be a number, text, true, false, null or a list of such, got a map'],
    [
      {
        values: [
          [1, 2],
          [1, 2],
        ],
      },
      'p.values[1]: a list is listed twice',
    ],
    [{ values: [1, 2], default: 3 }, 'p.default: must be one of 1, 2, got 3'],
    [{ normal: { mean: 0 } }, "p.normal: needs the key 'std': the standard deviation"],
    [{ normal: { mean: 0, sd: 1 } }, "p.normal.sd: unknown key; write 'std'"],
    [{ normal: { mean: 0, std: -1 } }, 'p.normal.std: must be a number > 0, got -1'],
    [{ normal: [0, 1] }, 'p.normal: must be a map such as {mean: 0, std: 1}, got a list'],
    [{ normal: { mean: 0, std: 1, min: 3, max: 2 } }, 'min must be < max, got min 3, max 2'],
    [{ normal: { mean: 0, std: 1, min: 100 } }, 'min and max must leave values within 6 std of the mean'],
    ['normal(0, 0)', 'std must be > 0, got 0'],
    ['int(1.5, 3)', 'type: int needs whole numbers, got 1.5'],
    ['uniform(3, 1)', 'min must be <= max, got min 3, max 1'],
    ['uniform(1, .inf)', 'cannot be read'],
    ['choice()', 'choice() needs at least one value'],
    ['choice(a, [)', 'cannot be read'],
    ['choice(*a)', 'cannot be read'],
    ['choise(a, b)', "did you mean 'choice'?"],
    [{}, "p: needs the key 'min'"],
    [Number.NaN, 'got NaN'],
  ])('%j is refused', (notation, text) => {
    expect(message(notation)).toContain(text);
  });
});
