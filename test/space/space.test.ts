import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SpaceError } from '../../src/space/space-error.js';
import type { Params } from '../../src/trial.js';
import { choice, familySpace, fixed, float, int, logFloat, normal, space, stepped } from './space-builder.js';

const families = familySpace();
const point = fc
  .array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), {
    minLength: families.dimensions.length,
    maxLength: families.dimensions.length,
  })
  .map((coordinates) => Float64Array.from(coordinates));

describe('decode', () => {
  test('leaves out what is inactive and keeps active constants, in the order of the file', () => {
    const unit = Float64Array.of(0.9, 0.9, 0, 0, 0, 0, 0.5, 0.5, 0.5, 0.5);
    expect(families.dimensions).toHaveLength(unit.length);
    const params = families.decode(unit);
    expect(Object.entries(params)).toEqual([
      ['preprocess.scale', 'standard'],
      ['model', 'svm'],
      ['svm.C', expect.closeTo(1, 12)],
      ['svm.kernel', 'rbf'],
      ['svm.gamma', expect.closeTo(Math.sqrt(1e-3), 12)],
      ['svm.tolerance', 1e-3],
    ]);
  });

  test('is complete and without problems, constraints aside, anywhere in the cube', () => {
    fc.assert(
      fc.property(point, (unit) => {
        const params = families.decode(unit);
        expect(families.problems(params).filter(({ name }) => name !== 'constraints')).toEqual([]);
        expect(families.complete(params)).toEqual(params);
      }),
    );
  });

  test('survives encoding: the same key, NaN exactly where inactive', () => {
    fc.assert(
      fc.property(point, (unit) => {
        const params = families.decode(unit);
        const encoded = families.encode(params);
        for (const [coordinate, { name }] of families.dimensions.entries()) {
          expect(Number.isNaN(encoded[coordinate])).toBe(!(name in params));
        }
        const again = families.decode(encoded);
        expect(Object.keys(again)).toEqual(Object.keys(params));
        for (const [name, value] of Object.entries(params)) {
          if (typeof value === 'number') expect(again[name]).toBeCloseTo(value, 8);
          else expect(again[name]).toEqual(value);
        }
      }),
    );
  });

  test('a condition may read a parameter further down the file', () => {
    const forward = space([int('degree', 2, 5, { when: "kernel == 'poly'" }), choice('kernel', ['rbf', 'poly'])]);
    expect(Object.entries(forward.decode(Float64Array.of(0, 0.9)))).toEqual([
      ['degree', 2],
      ['kernel', 'poly'],
    ]);
    expect(forward.decode(Float64Array.of(0, 0.1))).toEqual({ kernel: 'rbf' });
  });
});

describe('key', () => {
  const keyed = space([choice('a', [1, '1', true, null, [1, 2], 'x;1:2']), float('b', 0, 9, { when: 'a != null' })]);

  test('is equal exactly for equal active values', () => {
    const value = fc.constantFrom<Params[string]>(1, '1', true, null, [1, 2], 'x;1:2');
    const params = fc.record({ a: value, b: fc.constantFrom(0, 1, 2.5) });
    fc.assert(
      fc.property(params, params, (first, second) => {
        const active = (one: typeof first) => JSON.stringify(one.a === null ? [one.a] : [one.a, one.b]);
        expect(keyed.key(first) === keyed.key(second)).toBe(active(first) === active(second));
      }),
    );
  });

  test('does not depend on the order of properties', () => {
    expect(keyed.key({ b: 2, a: 1 })).toBe(keyed.key({ a: 1, b: 2 }));
  });

  test('tells numbers apart that differ in the last digit, and not the zeros', () => {
    expect(keyed.key({ a: 1, b: 0.1 + 0.2 })).not.toBe(keyed.key({ a: 1, b: 0.3 }));
    expect(keyed.key({ a: 1, b: -0 })).toBe(keyed.key({ a: 1, b: 0 }));
  });
});

describe('feasible', () => {
  test('asks every constraint', () => {
    const params = { 'preprocess.scale': 'none', model: 'forest', 'forest.n_estimators': 300, 'forest.max_depth': 4 };
    expect(families.feasible(params)).toBe(true);
    expect(families.feasible({ ...params, 'forest.max_depth': null })).toBe(false);
    expect(families.feasible({ ...params, 'forest.max_depth': null, 'forest.n_estimators': 200 })).toBe(true);
  });

  test('a constraint that names an inactive parameter holds, whatever else it says', () => {
    const conditional = space([choice('a', [1, 2]), int('b', 1, 9, { when: 'a == 2' })], ['a == 2 and b > 5']);
    expect(conditional.feasible({ a: 1 })).toBe(true);
    expect(conditional.feasible({ a: 1, b: 1 })).toBe(true);
    expect(conditional.feasible({ a: 2, b: 5 })).toBe(false);
    expect(conditional.feasible({ a: 2, b: 6 })).toBe(true);
  });
});

describe('complete', () => {
  test('fills in default, constant, middle or first value, and drops what is inactive', () => {
    expect(families.complete({ model: 'svm', 'svm.kernel': 'poly', 'forest.bootstrap': true })).toEqual({
      'preprocess.scale': 'none',
      model: 'svm',
      'svm.C': 1,
      'svm.kernel': 'poly',
      'svm.gamma': expect.closeTo(Math.sqrt(1e-3), 12),
      'svm.degree': 4,
      'svm.tolerance': 1e-3,
    });
  });

  test('takes the middle of an ordered choice, and null as a default', () => {
    const guessed = space([
      { name: 'depth', domain: { kind: 'categorical', values: [1, 2, 3], ordered: true } },
      choice('limit', [3, null], { default: null }),
      stepped('share', 0, 1, 0.25),
      normal('shift', 4, 2),
    ]);
    expect(guessed.complete({})).toEqual({ depth: 2, limit: null, share: 0.5, shift: 4 });
  });
});

describe('problems', () => {
  test.each([
    ['nothing wrong', { model: 'svm', C: 3, gamma: 0.1 }, []],
    ['unknown', { model: 'knn', z: 3 }, [{ name: 'z', message: 'is no parameter of this space' }]],
    [
      'outside and missing',
      { model: 'svm', C: 11 },
      [
        { name: 'C', message: 'must be a number from 1 to 10, got 11' },
        { name: 'gamma', message: 'is missing; it must be a number from 0 to 1' },
      ],
    ],
    [
      'wrong kind',
      { model: 'smv', C: '3' },
      [
        { name: 'model', message: 'must be one of svm, knn, got "smv"' },
        { name: 'C', message: 'must be a number from 1 to 10, got "3"' },
      ],
    ],
    ['inactive', { model: 'knn', C: 3 }, [{ name: 'C', message: 'is not active beside these values; leave it out' }]],
    [
      'constraint',
      { model: 'svm', C: 10, gamma: 0.9 },
      [{ name: 'constraints', message: 'the constraint `C * gamma < 5` does not hold' }],
    ],
    [
      'a property of every object',
      { model: 'knn', toString: 1 },
      [{ name: 'toString', message: 'is no parameter of this space' }],
    ],
  ])('%s', (_, params, expected) => {
    const checked = space(
      [
        choice('model', ['svm', 'knn']),
        logFloat('C', 1, 10, { when: "model == 'svm'" }),
        float('gamma', 0, 1, { when: "model == 'svm'" }),
      ],
      ['C * gamma < 5'],
    );
    expect(checked.problems(params as Params)).toEqual(expected);
  });
});

describe('create refuses', () => {
  test.each([
    [
      'a circle',
      [int('a', 1, 2, { when: 'b == 1' }), int('b', 1, 2, { when: 'c == 1' }), int('c', 1, 2, { when: 'a == 1' })],
      [],
      'a, b, c wait for one another',
    ],
    [
      'a parameter that waits for itself',
      [int('z', 1, 2), int('a', 1, 2, { when: 'a == 1' })],
      [],
      'a: its `when` reads the parameter itself',
    ],
    ['a name twice', [int('a', 1, 2), fixed('a', 1)], [], 'a stands twice'],
    [
      'an unknown name in a condition',
      [int('alpha', 1, 2), int('b', 1, 2, { when: 'alhpa == 1' })],
      [],
      "reads alhpa, which is no parameter (did you mean 'alpha'?)",
    ],
    ['an unknown name in a constraint', [int('alpha', 1, 2)], ['beta < 3'], 'the constraint `beta < 3` reads beta'],
    ['a name that objects cannot hold', [int('__proto__', 1, 2)], [], 'cannot be a parameter'],
  ])('%s', (_, parameters, constraints, message) => {
    expect(() => space(parameters, constraints)).toThrow(SpaceError);
    expect(() => space(parameters, constraints)).toThrow(message);
  });

  test('all of it at once, with the parameters concerned', () => {
    let thrown: unknown;
    try {
      space([int('a', 1, 2, { when: 'x == 1' }), int('a', 1, 2), int('b', 1, 2, { when: 'y == 1' })]);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ exitCode: 3, parameters: ['a', 'a', 'b'] });
  });
});

test('names that every object has are ordinary names', () => {
  const odd = space([int('constructor', 1, 3), int('toString', 1, 3, { when: 'constructor == 1' })]);
  expect(odd.complete({})).toEqual({ constructor: 2 });
  expect(odd.key({})).toBe('');
});

test('a chain of a thousand conditions is walked without recursion trouble', () => {
  const chain = space(
    Array.from({ length: 1000 }, (_, i) => choice(`p${i}`, [0, 1], i === 0 ? {} : { when: `p${i - 1} == 1` })),
  );
  expect(chain.size).toBe(1001);
  expect(Object.keys(chain.decode(new Float64Array(1000).fill(0.9)))).toHaveLength(1000);
});
