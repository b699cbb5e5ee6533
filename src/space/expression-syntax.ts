import type { ParameterValue } from '../trial.js';

export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';

/** A parsed `when` or constraint: plain JSON data, never code. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: ParameterValue }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'not' | 'negate' | 'log2'; readonly operand: Expression }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Expression[] }
  | {
      readonly kind: 'compare';
      readonly operator: ComparisonOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'in'; readonly operand: Expression; readonly items: readonly Expression[] };

/** The text is no expression. The message says the rule, what was found and what to do. */
export class ExpressionError extends Error {
  /** 0-based offset into the text, in UTF-16 units. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = 'ExpressionError';
    this.offset = offset;
  }
}

/** The expressions directly inside an expression, from left to right. */
export function childExpressions(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'name':
      return [];
    case 'not':
    case 'negate':
    case 'log2':
      return [expression.operand];
    case 'and':
    case 'or':
      return expression.operands;
    case 'compare':
    case 'arithmetic':
      return [expression.left, expression.right];
    case 'in':
      return [expression.operand, ...expression.items];
  }
}

/** The names of the parameters that an expression reads, each once, in order of appearance. */
export function expressionNames(expression: Expression): readonly string[] {
  const names = new Set<string>();
  const collect = (part: Expression): void => {
    if (part.kind === 'name') names.add(part.name);
    for (const child of childExpressions(part)) collect(child);
  };
  collect(expression);
  return [...names];
}

/** The same expression with every parameter name replaced, e.g. `C` by `svm.C`. */
export function renameExpression(expression: Expression, rename: (name: string) => string): Expression {
  const renamed = (part: Expression): Expression => renameExpression(part, rename);
  switch (expression.kind) {
    case 'literal':
      return expression;
    case 'name':
      return { kind: 'name', name: rename(expression.name) };
    case 'not':
    case 'negate':
    case 'log2':
      return { kind: expression.kind, operand: renamed(expression.operand) };
    case 'and':
    case 'or':
      return { kind: expression.kind, operands: expression.operands.map(renamed) };
    case 'compare':
      return { ...expression, left: renamed(expression.left), right: renamed(expression.right) };
    case 'arithmetic':
      return { ...expression, left: renamed(expression.left), right: renamed(expression.right) };
    case 'in':
      return { kind: 'in', operand: renamed(expression.operand), items: expression.items.map(renamed) };
  }
}
