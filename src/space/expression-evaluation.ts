import type { ParameterValue } from '../trial.js';
import type { Expression } from './expression-syntax.js';
import { expressionNames } from './expression-syntax.js';

/** The value of a parameter by its name; undefined means that it is inactive. */
export type ReadParameter = (name: string) => ParameterValue | undefined;

/**
 * Whether a `when` holds: false as soon as any parameter that it names is inactive, wherever in the expression that is.
 * For a constraint, which holds in that case, ask `readsInactive` first.
 */
export function evaluateExpression(expression: Expression, read: ReadParameter): boolean {
  return !readsInactive(expression, read) && holds(expression, read);
}

/** Whether an expression names an inactive parameter. */
export function readsInactive(expression: Expression, read: ReadParameter): boolean {
  return expressionNames(expression).some((name) => read(name) === undefined);
}

/**
 * Whether an expression is true where every parameter that it names is active. Values are compared as they are, without
 * conversion; an ordering or an arithmetic that meets anything but numbers is false, or no number.
 */
export function holds(expression: Expression, read: ReadParameter): boolean {
  switch (expression.kind) {
    case 'and':
      for (const operand of expression.operands) if (!holds(operand, read)) return false;
      return true;
    case 'or':
      for (const operand of expression.operands) if (holds(operand, read)) return true;
      return false;
    case 'not':
      return !holds(expression.operand, read);
    case 'compare':
      return compare(expression.operator, evaluate(expression.left, read), evaluate(expression.right, read));
    case 'in': {
      const value = evaluate(expression.operand, read);
      for (const item of expression.items) if (sameValue(value, evaluate(item, read))) return true;
      return false;
    }
    default:
      return evaluate(expression, read) === true;
  }
}

function evaluate(expression: Expression, read: ReadParameter): ParameterValue {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'name':
      return read(expression.name)!;
    case 'negate':
      return -numberOf(expression.operand, read);
    case 'log2':
      return Math.log2(numberOf(expression.operand, read));
    case 'arithmetic':
      return calculate(expression.operator, numberOf(expression.left, read), numberOf(expression.right, read));
    default:
      return holds(expression, read);
  }
}

function numberOf(expression: Expression, read: ReadParameter): number {
  const value = evaluate(expression, read);
  return typeof value === 'number' ? value : Number.NaN;
}

function calculate(operator: '+' | '-' | '*' | '/' | '%', left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
  }
}

function compare(
  operator: '==' | '!=' | '<' | '<=' | '>' | '>=',
  left: ParameterValue,
  right: ParameterValue,
): boolean {
  if (operator === '==') return sameValue(left, right);
  if (operator === '!=') return !sameValue(left, right);
  if (typeof left !== 'number' || typeof right !== 'number') return false;
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

/** Equality without conversion; lists are equal item by item. */
export function sameValue(left: ParameterValue, right: ParameterValue): boolean {
  if (left === right) return true;
  if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
  return left.every((item, index) => sameValue(item, right[index]));
}
