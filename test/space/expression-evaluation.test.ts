import { describe, expect, test } from 'vitest';
import { evaluateExpression, parseExpression, readsInactive, renameExpression } from '../../src/space/expression.js';

const read = (name: string) => ({ a: 1, b: 'x' })[name];

describe('an expression that names an inactive parameter', () => {
  test.each([
    ['gone == 1'],
    ['not gone == 1'],
    ['a == 1 or gone == 1'],
    ['a == 2 and gone == 1'],
    ['a in [1, gone]'],
    ['log2(gone) < 3'],
  ])('%s does not hold as a condition, wherever the name stands', (text) => {
    expect(evaluateExpression(parseExpression(text), read)).toBe(false);
    expect(readsInactive(parseExpression(text), read)).toBe(true);
  });

  test('is told from one that names active ones only', () => {
    expect(readsInactive(parseExpression("a == 1 and b != 'y'"), read)).toBe(false);
  });
});

test('log2 is exact for powers of two', () => {
  for (let power = -20; power <= 40; power++) {
    const expression = parseExpression(`log2(a) == ${power}`);
    expect(evaluateExpression(expression, () => 2 ** power)).toBe(true);
  }
});

test('a null parameter is a value, not an inactive parameter', () => {
  expect(evaluateExpression(parseExpression('d == null'), () => null)).toBe(true);
  expect(evaluateExpression(parseExpression('d != null'), () => null)).toBe(false);
});

test('names are replaced everywhere', () => {
  const text = "not a > 1 and -a in [b, log2(c)] or b == 'a' and a + c < 2";
  const renamed = renameExpression(parseExpression(text), (name) => `svm.${name}`);
  expect(renamed).toEqual(
    parseExpression("not svm.a > 1 and -svm.a in [svm.b, log2(svm.c)] or svm.b == 'a' and svm.a + svm.c < 2"),
  );
});
