import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ExpressionError, evaluateExpression, expressionNames, parseExpression } from '../../src/space/expression.js';
import type { ParameterValue } from '../../src/trial.js';

const values: Readonly<Record<string, ParameterValue>> = {
  kernel: 'rbf',
  C: 10,
  depth: null,
  bootstrap: true,
  'svm.C': 0.5,
  'learning-rate': 0.1,
  layers: [64, 32],
  n: 6,
  größe: 3,
};

function isTrue(text: string): boolean {
  return evaluateExpression(parseExpression(text), (name) => values[name]);
}

describe('an expression is true', () => {
  test.each([
    ["kernel == 'rbf'"],
    ['kernel == "rbf"'],
    ["kernel in ['rbf', 'poly']"],
    ["not kernel in ['linear']"],
    ['depth == null'],
    ['bootstrap'],
    ['bootstrap == true'],
    ['bootstrap != false and C >= 10'],
    ['svm.C < 1'],
    ['`svm.C` < 1'],
    ['`learning-rate` == 0.1'],
    ['`learning-rate` == 1e-1'],
    ['`learning-rate` == .1'],
    ['layers == [64, 32]'],
    ['layers in [[64], [64, 32],]'],
    ['layers != [32, 64]'],
    ['1 + 2 * 3 == 7'],
    ['(1 + 2) * 3 == 9'],
    ['10 - 3 - 2 == 5'],
    ['16 / 4 / 2 == 2'],
    ['n % 4 == 2'],
    ['-n + 7 == 1'],
    ['--n == 6'],
    ['2 - -3 == 5'],
    ['log2(32) == 5'],
    ['log2(n + 2) * 2 == 6'],
    ['n in [C - 4, 7]'],
    ['not C > 10'],
    ['not C > 10 and C == 10'],
    ['false or true and true'],
    ['true or true and false'],
    ['not false == true'],
    ["(kernel == 'rbf') == true"],
    ["kernel != 'it\\'s'"],
    ['größe == 3'],
    ['  C==10\n'],
  ])('%s', (text) => {
    expect(isTrue(text)).toBe(true);
  });
});

describe('an expression is false', () => {
  test.each([
    ["kernel == 'RBF'"],
    ['C == true'],
    ["C == '10'"],
    ['depth < 8'],
    ['depth >= 8'],
    ['depth + 1 > 0'],
    ['depth * 0 == 0'],
    ['kernel < 3'],
    ['bootstrap == 1'],
    ['kernel in []'],
    ['layers == [64]'],
    ['(true or true) and false'],
  ])('%s', (text) => {
    expect(isTrue(text)).toBe(false);
  });
});

describe('refuses', () => {
  test.each([
    ['', 0, 'an expression is needed'],
    ['   ', 0, 'an expression is needed'],
    ['C = 3', 2, 'write `==`'],
    ['a && b', 2, 'write `and`'],
    ['a || b', 2, 'write `or`'],
    ['!a', 0, 'write `not`'],
    ['a <> b', 3, 'expected a value'],
    ['a == 2 ^ 3', 7, 'no power'],
    ["kernel == 'rbf", 10, 'no closing quote'],
    ['kernel == ‘rbf’', 10, 'straight quotes'],
    ['`a == 3', 0, 'closing backtick'],
    ['2fast > 1', 0, 'a name starts with a letter'],
    ['1 < C < 3', 6, 'do not chain'],
    ['C in 3', 5, 'a list in square brackets'],
    ['C not in [3]', 2, 'not x in'],
    ['C in [1 2]', 8, 'expected `,` or `]`'],
    ['(C > 1', 6, 'expected `)`, got the end'],
    ['C > 1)', 5, 'got `)`'],
    ['C > 1 C', 6, 'got `C`'],
    ['C + 1', 0, 'must be true or false, got a number'],
    ["'a'", 0, 'must be true or false, got a string'],
    ['C and 3', 6, 'must be true or false, got a number'],
    ["C < 'a'", 4, 'must be a number, got a string'],
    ['C + null > 1', 4, 'must be a number, got null'],
    ["-'a' == 1", 1, 'must be a number, got a string'],
    ['log2([1]) > 1', 4, 'must be a number, got a list'],
    ['max(1, 2) > 1', 0, 'only function is log2'],
    ['layers == [n]', 10, 'holds values only'],
    ['a; b', 1, 'unexpected character `;`'],
    ['a == 1e999', 5, 'must be finite'],
    ['my-rate > `', 10, 'closing backtick'],
  ])('%s', (text, offset, message) => {
    let thrown: unknown;
    try {
      parseExpression(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ExpressionError);
    expect(thrown).toMatchObject({ offset });
    expect((thrown as Error).message).toContain(message);
  });

  test.each([
    ['parentheses', `${'('.repeat(5000)}a${')'.repeat(5000)}`],
    ['signs', `${'-'.repeat(5000)}1 == 1`],
    ['negations', `${'not '.repeat(2000)}a`],
    ['lists', `a == ${'['.repeat(4000)}`],
    ['sums', `1${'+1'.repeat(4000)} == 1`],
    ['length', `a == ${'1'.repeat(20_000)}`],
  ])('hostile %s without exhausting the stack', (_, text) => {
    expect(() => parseExpression(text)).toThrow(ExpressionError);
  });
});

test('long chains of `and` are fine', () => {
  expect(isTrue(Array.from({ length: 900 }, () => 'C > 1').join(' and '))).toBe(true);
});

test('names are reported once, in order', () => {
  const expression = parseExpression("b.x > 1 and `a-b` in [c, b.x] or not log2(d) == -e and f == 'g'");
  expect(expressionNames(expression)).toEqual(['b.x', 'a-b', 'c', 'd', 'e', 'f']);
});

test('precedence is that of the same text in JavaScript', () => {
  const operand = fc.constantFrom('x', 'y', 'z', '2', '3.5', '-1', '-x');
  const sum = fc
    .tuple(operand, fc.array(fc.tuple(fc.constantFrom('+', '-', '*', '/', '%'), operand), { maxLength: 4 }))
    .map(([first, rest]) => [first, ...rest.flat()].join(' '));
  const comparison = fc
    .tuple(sum, fc.constantFrom('==', '!=', '<', '<=', '>', '>='), sum)
    .map((parts) => parts.join(' '));
  const chain = fc
    .tuple(comparison, fc.array(fc.tuple(fc.constantFrom('and', 'or'), comparison), { maxLength: 4 }))
    .map(([first, rest]) => [first, ...rest.flat()].join(' '));
  const number = fc.integer({ min: -3, max: 3 });
  fc.assert(
    fc.property(chain, number, number, number, (text, x, y, z) => {
      const script = text.replaceAll('and', '&&').replaceAll('or', '||').replaceAll('==', '===');
      const expected = new Function('x', 'y', 'z', `return ${script.replaceAll('!=', '!==')}`)(x, y, z);
      const read = (name: string) => ({ x, y, z })[name];
      expect(evaluateExpression(parseExpression(text), read), text).toBe(expected);
    }),
    { numRuns: 400 },
  );
});
