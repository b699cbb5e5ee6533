import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluateExpression, expressionNames, parseExpression } from '../../src/space/expression.js';
import type { Parameter } from '../../src/space/parameter.js';
import type { ParameterValue, Params } from '../../src/trial.js';
import { choice, familySpace, fixed, float, int, logFloat, logInt, normal, space, stepped } from './space-builder.js';

/** Every combination of all values, reduced to its active ones, constraints kept: the long way round. */
function bruteForce(parameters: readonly Parameter[], constraints: readonly string[]): Set<string> {
  const found = new Set<string>();
  const visit = (full: Record<string, ParameterValue>, rest: readonly Parameter[]): void => {
    const [next, ...later] = rest;
    if (next !== undefined) {
      const { domain } = next;
      for (const value of domain.kind === 'categorical' ? domain.values : [])
        visit({ ...full, [next.name]: value }, later);
      return;
    }
    const active: Record<string, ParameterValue> = { ...full };
    for (let round = 0; round <= parameters.length; round++) {
      for (const { name, when } of parameters) {
        if (when !== undefined && !evaluateExpression(when, (read) => active[read])) delete active[name];
      }
    }
    const holds = constraints.every((text) => {
      const expression = parseExpression(text);
      return (
        expressionNames(expression).some((name) => active[name] === undefined) ||
        evaluateExpression(expression, (name) => active[name])
      );
    });
    if (holds) found.add(JSON.stringify(Object.entries(active)));
  };
  visit({}, parameters);
  return found;
}

const names = ['a', 'b', 'c', 'd', 'e'];
const comparison = (others: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...others), fc.constantFrom('==', '!=', '<', '>='), fc.integer({ min: 0, max: 2 }))
    .map((parts) => parts.join(' '));
const expressionOver = (others: readonly string[]) =>
  fc
    .tuple(comparison(others), fc.option(fc.tuple(fc.constantFrom('and', 'or'), comparison(others)), { nil: [] }))
    .map(([first, rest]) => [first, ...rest].join(' '));
/** Conditions read parameters of smaller index; the file's order is shuffled, so they may stand above those. */
const parameterList = fc
  .tuple(
    ...names.map((name, index) =>
      fc
        .tuple(
          fc.integer({ min: 1, max: 3 }),
          index === 0 ? fc.constant(undefined) : fc.option(expressionOver(names.slice(0, index)), { nil: undefined }),
        )
        .map(([count, when]) =>
          choice(
            name,
            Array.from({ length: count }, (_, value) => value),
            when === undefined ? {} : { when },
          ),
        ),
    ),
  )
  .chain((list) => fc.shuffledSubarray(list, { minLength: list.length }));

test('count, ranks and enumeration agree with brute force on random spaces', () => {
  fc.assert(
    fc.property(parameterList, fc.array(expressionOver(names), { maxLength: 2 }), (parameters, constraints) => {
      const expected = bruteForce(parameters, constraints);
      const built = space(parameters, constraints);
      const enumerated = [...built.enumerate()];
      expect(new Set(enumerated.map((params) => JSON.stringify(Object.entries(params))))).toEqual(expected);
      expect(enumerated).toHaveLength(expected.size);
      expect(built.grid?.count).toBe(BigInt(expected.size));
      expect(built.configurations?.count).toBe(BigInt(expected.size));
      expect(enumerated.map((_, rank) => built.grid?.at(BigInt(rank)))).toEqual(enumerated);
      expect(built.size).toBe(bruteForce(parameters, []).size);
    }),
    { numRuns: 300 },
  );
});

describe('order', () => {
  test("is the file's, the last parameter fastest, an inactive one once", () => {
    const built = space([
      choice('kernel', ['rbf', 'poly']),
      int('degree', 2, 3, { when: "kernel == 'poly'" }),
      stepped('C', 0.5, 1.5, 0.5),
      fixed('tolerance', 0.1),
    ]);
    const rows = [...built.enumerate()].map((params) => [params.kernel, params.degree, params.C]);
    expect(rows).toEqual([
      ['rbf', undefined, 0.5],
      ['rbf', undefined, 1],
      ['rbf', undefined, 1.5],
      ['poly', 2, 0.5],
      ['poly', 2, 1],
      ['poly', 2, 1.5],
      ['poly', 3, 0.5],
      ['poly', 3, 1],
      ['poly', 3, 1.5],
    ]);
    expect([...built.enumerate()].every((params) => params.tolerance === 0.1)).toBe(true);
  });
});

describe('size', () => {
  test('adds families up instead of multiplying them', () => {
    // forest: 481 * 3 * (1 + continuous); without its continuous parameter the families would be finite.
    expect(familySpace().size).toBe(Number.POSITIVE_INFINITY);
    const finite = space([
      choice('model', ['a', 'b', 'c']),
      int('a.x', 1, 10, { when: "model == 'a'" }),
      int('a.y', 1, 10, { when: "model == 'a'" }),
      int('b.x', 1, 20, { when: "model == 'b'" }),
      choice('b.kind', ['p', 'q'], { when: "model == 'b'" }),
      int('b.q', 1, 5, { when: "b.kind == 'q'" }),
    ]);
    expect(finite.size).toBe(10 * 10 + 20 * (1 + 5) + 1);
  });

  test('of a grid of 10^30 is known at once', () => {
    const huge = space(Array.from({ length: 30 }, (_, i) => int(`p${i}`, 1, 10)));
    expect(huge.size).toBe(1e30);
    expect(huge.grid?.count).toBe(10n ** 30n);
    expect(Object.values(huge.grid?.at(10n ** 30n - 2n) ?? {})).toEqual([...new Array(29).fill(10), 9]);
  });

  test('of many independent conditions is counted, not enumerated', () => {
    const switches = Array.from({ length: 40 }, (_, i) => choice(`s${i}`, [false, true]));
    const dependents = Array.from({ length: 40 }, (_, i) => int(`d${i}`, 1, 4, { when: `s${i}` }));
    expect(space([...switches, ...dependents]).size).toBe(5 ** 40);
  });

  test('of a continuous parameter that is never active does not matter', () => {
    const never = space([choice('a', [1, 2]), float('x', 0, 1, { when: 'a == 3' })]);
    expect(never.size).toBe(2);
    expect(never.configurations?.count).toBe(2n);
  });

  test('of a single point is one', () => {
    expect(space([fixed('a', 3)]).size).toBe(1);
    expect([...space([fixed('a', 3)]).enumerate()]).toEqual([{ a: 3 }]);
    expect([...space([]).enumerate()]).toEqual([{}]);
  });
});

describe('constraints', () => {
  test('are counted without enumeration', () => {
    const built = space(
      Array.from({ length: 12 }, (_, i) => int(`p${i}`, 1, 10)),
      ['p0 < p1', 'p2 + p3 == 11', 'p4 in [1, 2]'],
    );
    expect(built.grid?.count).toBe(45n * 10n * 2n * 10n ** 7n);
  });

  test('that leave nothing give a count of zero', () => {
    const built = space([int('a', 1, 3), int('b', 1, 3)], ['a > b', 'b > a']);
    expect(built.grid?.count).toBe(0n);
    expect([...built.enumerate()]).toEqual([]);
  });

  test('that entangle too much leave the count unknown', () => {
    const built = space([int('a', 1, 1e7), int('b', 1, 1e7)], ['a == b']);
    expect(built.grid).toBeUndefined();
    expect(built.size).toBe(1e14);
  });
});

describe('grid points', () => {
  function values(parameter: Parameter): unknown[] {
    return [...space([parameter]).enumerate()].map((params: Params) => params[parameter.name]);
  }

  test.each([
    ['linear', float('x', 0, 1, { gridPoints: 11 }), [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]],
    ['log', logFloat('x', 1e-3, 1e3, { gridPoints: 7 }), [0.001, 0.01, 0.1, 1, 10, 100, 1000]],
    ['one point', float('x', 2, 4, { gridPoints: 1 }), [3]],
    ['integers, fewer', int('x', 1, 9, { gridPoints: 3 }), [1, 5, 9]],
    ['integers, more than there are', int('x', 1, 3, { gridPoints: 9 }), [1, 2, 3]],
    ['log integers', logInt('x', 1, 100, { gridPoints: 3 }), [1, 10, 100]],
    ['log integers that fall together', logInt('x', 1, 12, { gridPoints: 7 }), [1, 2, 3, 5, 8, 12]],
    ['steps, fewer', stepped('x', 0, 1, 0.1, { gridPoints: 3 }), [0, 0.5, 1]],
    ['a choice', choice('x', ['p', null, [1]]), ['p', null, [1]]],
  ])('%s', (_, parameter, expected) => {
    expect(values(parameter)).toEqual(expected);
  });

  test('of a normal distribution are the middles of equal shares', () => {
    // norm.ppf([1/6, 1/2, 5/6]) = -0.9674215661017014, 0, 0.9674215661017014
    const [low, middle, high] = values(normal('x', 10, 2, { gridPoints: 3 })) as number[];
    expect(low).toBeCloseTo(10 - 2 * 0.9674215661017014, 12);
    expect(middle).toBe(10);
    expect(high).toBeCloseTo(10 + 2 * 0.9674215661017014, 12);
  });

  test('are missing where a range is continuous, and that is said for each', () => {
    const built = space([float('x', 0, 1), int('n', 1, 3), normal('z', 0, 1), logFloat('y', 1, 2, { gridPoints: 2 })]);
    expect(built.gridProblems().map(({ name }) => name)).toEqual(['x', 'z']);
    expect(built.gridProblems()[0]?.message).toContain('`grid: 7`');
    expect(() => built.grid).toThrow('x: a grid needs finitely many values');
    expect(() => built.enumerate()).toThrow('z: a grid needs finitely many values');
  });
});

test('a million configurations are enumerated one at a time', () => {
  const built = space(Array.from({ length: 6 }, (_, i) => int(`p${i}`, 1, 10)));
  let count = 0;
  let sum = 0;
  for (const params of built.enumerate()) {
    count++;
    sum += params.p5 as number;
  }
  expect([count, sum]).toEqual([1_000_000, 5_500_000]);
});
