import type { ParameterValue } from '../trial.js';
import type { ArithmeticOperator, ComparisonOperator, Expression } from './expression-syntax.js';
import { ExpressionError } from './expression-syntax.js';
import type { Token } from './expression-tokens.js';
import { tokenize } from './expression-tokens.js';

/** Parentheses, lists and signs inside one another: keeps the recursion of parser and evaluator bounded. */
const MAX_DEPTH = 100;
/** A chain of sums is a tree as deep as it is long. */
const MAX_ARITHMETIC = 500;

const COMPARISONS: ReadonlySet<string> = new Set<ComparisonOperator>(['==', '!=', '<', '<=', '>', '>=']);
const ORDERINGS: ReadonlySet<string> = new Set<ComparisonOperator>(['<', '<=', '>', '>=']);

/**
 * Parses the text of a `when` or of a constraint. From the loosest to the tightest: `or`, `and`, `not`, one comparison or
 * `in [..]`, `+ -`, `* / %`, a sign, and values: a number, a string in quotes, a list, `true false null`, `log2(..)`,
 * a parameter's name (dotted, or in backticks), or an expression in parentheses. The whole must be true or false.
 * @throws ExpressionError with the offset of what breaks a rule.
 */
export function parseExpression(text: string): Expression {
  return new Parser(tokenize(text)).parse();
}

type ValueKind = 'truth' | 'number' | 'string' | 'list' | 'null' | 'any';

/** What an expression is, as far as its form tells; a parameter may be anything. */
function valueKind(expression: Expression): ValueKind {
  switch (expression.kind) {
    case 'name':
      return 'any';
    case 'literal':
      return literalKind(expression.value);
    case 'negate':
    case 'log2':
    case 'arithmetic':
      return 'number';
    default:
      return 'truth';
  }
}

function literalKind(value: ParameterValue): ValueKind {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'truth';
  if (typeof value === 'number') return 'number';
  return typeof value === 'string' ? 'string' : 'list';
}

class Parser {
  private readonly tokens: readonly Token[];
  private position = 0;
  private depth = 0;
  private arithmeticCount = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  parse(): Expression {
    if (this.token.kind === 'end') throw new ExpressionError('an expression is needed, got nothing', 0);
    const expression = this.truth(() => this.disjunction(), 'the whole expression');
    if (this.position < this.tokens.length - 1) throw this.unexpected('`and`, `or` or the end');
    return expression;
  }

  private disjunction(): Expression {
    return this.joined('or', () => this.joined('and', () => this.negation()));
  }

  private joined(kind: 'and' | 'or', next: () => Expression): Expression {
    const start = this.token.offset;
    const first = next();
    if (!this.at(kind)) return first;
    this.expectKind(first, 'truth', start, `what stands beside \`${kind}\``);
    const operands = [first];
    while (this.take(kind)) operands.push(this.truth(next, `what stands beside \`${kind}\``));
    return { kind, operands };
  }

  private negation(): Expression {
    if (!this.take('not')) return this.comparison();
    return this.nested(() => ({ kind: 'not', operand: this.truth(() => this.negation(), 'what `not` turns around') }));
  }

  private comparison(): Expression {
    const start = this.token.offset;
    const left = this.sum();
    if (this.take('in')) return { kind: 'in', operand: left, items: this.items() };
    if (this.at('not')) {
      throw new ExpressionError('`not` stands before the whole comparison: write `not x in [..]`', this.token.offset);
    }
    if (!COMPARISONS.has(this.token.text) || this.token.kind !== 'symbol') return left;
    const operator = this.next().text as ComparisonOperator;
    const rightStart = this.token.offset;
    const right = this.sum();
    if (ORDERINGS.has(operator)) {
      this.expectKind(left, 'number', start, `what \`${operator}\` compares`);
      this.expectKind(right, 'number', rightStart, `what \`${operator}\` compares`);
    }
    if (this.token.kind === 'symbol' && (COMPARISONS.has(this.token.text) || this.at('in'))) {
      throw new ExpressionError('comparisons do not chain: write `a < b and b < c`', this.token.offset);
    }
    return { kind: 'compare', operator, left, right };
  }

  private sum(): Expression {
    return this.arithmetic(['+', '-'], () => this.arithmetic(['*', '/', '%'], () => this.signed()));
  }

  private arithmetic(operators: readonly ArithmeticOperator[], next: () => Expression): Expression {
    const start = this.token.offset;
    let left = next();
    for (;;) {
      const operator = operators.find((candidate) => this.at(candidate));
      if (operator === undefined) return left;
      this.expectKind(left, 'number', start, `what stands beside \`${operator}\``);
      if (++this.arithmeticCount > MAX_ARITHMETIC) {
        throw new ExpressionError(`an expression has at most ${MAX_ARITHMETIC} sums and products`, this.token.offset);
      }
      this.position++;
      const rightStart = this.token.offset;
      const right = next();
      this.expectKind(right, 'number', rightStart, `what stands beside \`${operator}\``);
      left = { kind: 'arithmetic', operator, left, right };
    }
  }

  private signed(): Expression {
    if (!this.take('-')) return this.value();
    return this.nested(() => {
      const start = this.token.offset;
      const operand = this.signed();
      this.expectKind(operand, 'number', start, 'what a minus stands before');
      if (operand.kind === 'literal') return { kind: 'literal', value: -(operand.value as number) };
      return { kind: 'negate', operand };
    });
  }

  private value(): Expression {
    const token = this.token;
    if (token.kind === 'number' || token.kind === 'string') {
      this.position++;
      return { kind: 'literal', value: token.value };
    }
    if (token.kind === 'name') {
      this.position++;
      if (this.at('(')) {
        throw new ExpressionError(`the only function is log2(..), got \`${token.text}(\``, token.offset);
      }
      return { kind: 'name', name: token.name };
    }
    if (this.take('true')) return { kind: 'literal', value: true };
    if (this.take('false')) return { kind: 'literal', value: false };
    if (this.take('null')) return { kind: 'literal', value: null };
    if (this.at('[')) return { kind: 'literal', value: this.items().map((item) => this.literal(item, token.offset)) };
    if (this.take('log2')) {
      const start = this.token.offset;
      const operand = this.inParentheses();
      this.expectKind(operand, 'number', start, 'what stands in log2(..)');
      return { kind: 'log2', operand };
    }
    if (this.at('(')) return this.inParentheses();
    throw this.unexpected('a value, a parameter or `(`');
  }

  private literal(item: Expression, offset: number): ParameterValue {
    if (item.kind === 'literal') return item.value;
    throw new ExpressionError('a list that is a value holds values only; strings stand in quotes', offset);
  }

  private inParentheses(): Expression {
    return this.nested(() => {
      this.expect('(');
      const expression = this.disjunction();
      this.expect(')');
      return expression;
    });
  }

  private items(): readonly Expression[] {
    return this.nested(() => {
      if (!this.at('[')) throw this.unexpected('a list in square brackets');
      this.position++;
      const items: Expression[] = [];
      while (!this.at(']')) {
        items.push(this.sum());
        if (!this.take(',') && !this.at(']')) throw this.unexpected('`,` or `]`');
      }
      this.expect(']');
      return items;
    });
  }

  private nested<T>(parse: () => T): T {
    if (++this.depth > MAX_DEPTH) {
      throw new ExpressionError(`an expression is nested at most ${MAX_DEPTH} deep; simplify it`, this.token.offset);
    }
    const result = parse();
    this.depth--;
    return result;
  }

  private truth(parse: () => Expression, what: string): Expression {
    const start = this.token.offset;
    const expression = parse();
    this.expectKind(expression, 'truth', start, what);
    return expression;
  }

  private expectKind(expression: Expression, kind: 'truth' | 'number', offset: number, what: string): void {
    const actual = valueKind(expression);
    if (actual === kind || actual === 'any') return;
    const named = { truth: 'true or false', number: 'a number', string: 'a string', list: 'a list', null: 'null' };
    const advice = kind === 'truth' ? '; compare it with something' : '';
    throw new ExpressionError(`${what} must be ${named[kind]}, got ${named[actual]}${advice}`, offset);
  }

  private get token(): Token {
    return this.tokens[this.position]!;
  }

  private next(): Token {
    return this.tokens[this.position++]!;
  }

  private at(text: string): boolean {
    return this.token.kind === 'symbol' && this.token.text === text;
  }

  private take(text: string): boolean {
    if (!this.at(text)) return false;
    this.position++;
    return true;
  }

  private expect(text: string): void {
    if (!this.take(text)) throw this.unexpected(`\`${text}\``);
  }

  private unexpected(expected: string): ExpressionError {
    const found = this.token.kind === 'end' ? 'the end' : `\`${this.token.text.replaceAll('`', "'")}\``;
    return new ExpressionError(`expected ${expected}, got ${found}`, this.token.offset);
  }
}
