import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Expression, formatExpression, parseExpression } from '../../src/space/expression.js';

const name = fc
  .constantFrom('a', 'svm.C', 'learning-rate', 'in', 'x y', 'größe', 'm.layer-1')
  .map((text): Expression => ({ kind: 'name', name: text }));
const literalNumber = fc
  .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map((value): Expression => ({ kind: 'literal', value }));
const literal = fc
  .oneof(fc.boolean(), fc.constant(null), fc.string(), fc.array(fc.oneof(fc.string(), fc.integer(), fc.constant(null))))
  .map((value): Expression => ({ kind: 'literal', value }));

const { truth } = fc.letrec<{ truth: Expression; number: Expression; value: Expression }>((tie) => ({
  truth: fc.oneof(
    { maxDepth: 5, depthIdentifier: 'expression' },
    name,
    fc.record({ kind: fc.constant('not' as const), operand: tie('truth') }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      operands: fc.array(tie('truth'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant('compare' as const),
      operator: fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const),
      left: tie('number'),
      right: tie('number'),
    }),
    fc.record({
      kind: fc.constant('compare' as const),
      operator: fc.constantFrom('==' as const, '!=' as const),
      left: tie('value'),
      right: tie('value'),
    }),
    fc.record({ kind: fc.constant('in' as const), operand: tie('value'), items: fc.array(tie('value')) }),
  ),
  number: fc.oneof(
    { maxDepth: 5, depthIdentifier: 'expression' },
    name,
    literalNumber,
    // A sign before a number is part of the number.
    fc
      .record({ kind: fc.constant('negate' as const), operand: tie('number') })
      .filter((e) => e.operand.kind !== 'literal'),
    fc.record({ kind: fc.constant('log2' as const), operand: tie('number') }),
    fc.record({
      kind: fc.constant('arithmetic' as const),
      operator: fc.constantFrom('+' as const, '-' as const, '*' as const, '/' as const, '%' as const),
      left: tie('number'),
      right: tie('number'),
    }),
  ),
  value: fc.oneof({ maxDepth: 5, depthIdentifier: 'expression' }, literal, tie('number'), tie('truth')),
}));

test('what is written reads back as the same expression', () => {
  fc.assert(
    fc.property(truth, (expression) => {
      expect(parseExpression(formatExpression(expression))).toEqual(expression);
    }),
    { numRuns: 500 },
  );
});

describe('writes no more parentheses than needed', () => {
  test.each([
    ["kernel == 'rbf'"],
    ['a and b or c and not d'],
    ['(a or b) and c'],
    ['a + b * c - d < (a - b) / c'],
    ['a - (b - c) == 1'],
    ['not (a and b)'],
    ["`learning-rate` in [-1, log2(2 * n), 'it\\'s', null, [1, 2]]"],
  ])('%s', (text) => {
    expect(formatExpression(parseExpression(text))).toBe(text);
  });
});
