import type { ParameterValue } from '../trial.js';
import type { Expression } from './expression-syntax.js';
import { KEYWORDS } from './expression-tokens.js';

const PLAIN_NAME = /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}\p{N}_]+)*$/u;

/** How tightly each kind binds; an operand that binds less tightly than its place asks for gets parentheses. */
const OR = 1;
const AND = 2;
const NOT = 3;
const COMPARISON = 4;
const SUM = 5;
const PRODUCT = 6;
const SIGN = 7;
const VALUE = 8;

/** Writes an expression in the grammar that `parseExpression` reads, with no more parentheses than it needs. */
export function formatExpression(expression: Expression): string {
  return format(expression, OR);
}

/** Writes a value as it stands in an expression: strings in quotes. */
export function formatLiteral(value: ParameterValue): string {
  if (typeof value === 'string') return `'${value.replace(/[\\']/g, '\\$&')}'`;
  if (value !== null && typeof value === 'object') return `[${value.map(formatLiteral).join(', ')}]`;
  return Object.is(value, -0) ? '-0' : String(value);
}

function format(expression: Expression, place: number): string {
  const [text, binding] = write(expression);
  return binding < place ? `(${text})` : text;
}

function write(expression: Expression): readonly [text: string, binding: number] {
  switch (expression.kind) {
    case 'literal': {
      const text = formatLiteral(expression.value);
      return [text, text.startsWith('-') ? SIGN : VALUE];
    }
    case 'name':
      return [formatName(expression.name), VALUE];
    case 'log2':
      return [`log2(${format(expression.operand, OR)})`, VALUE];
    case 'negate':
      return [`-${format(expression.operand, SIGN)}`, SIGN];
    case 'not':
      return [`not ${format(expression.operand, NOT)}`, NOT];
    case 'and':
    case 'or': {
      const binding = expression.kind === 'or' ? OR : AND;
      const operands = expression.operands.map((operand) => format(operand, binding + 1));
      return [operands.join(` ${expression.kind} `), binding];
    }
    case 'compare':
      return [`${format(expression.left, SUM)} ${expression.operator} ${format(expression.right, SUM)}`, COMPARISON];
    case 'arithmetic': {
      const binding = expression.operator === '+' || expression.operator === '-' ? SUM : PRODUCT;
      return [
        `${format(expression.left, binding)} ${expression.operator} ${format(expression.right, binding + 1)}`,
        binding,
      ];
    }
    case 'in': {
      const items = expression.items.map((item) => format(item, SUM)).join(', ');
      return [`${format(expression.operand, SUM)} in [${items}]`, COMPARISON];
    }
  }
}

function formatName(name: string): string {
  return PLAIN_NAME.test(name) && !KEYWORDS.has(name) ? name : `\`${name}\``;
}
