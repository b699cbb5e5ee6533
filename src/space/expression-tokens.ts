import { ExpressionError } from './expression-syntax.js';

/** The longest expression accepted: far beyond any that a person writes, and short enough to keep recursion bounded. */
const MAX_LENGTH = 10_000;

export type Token =
  | { readonly kind: 'number'; readonly value: number; readonly text: string; readonly offset: number }
  | { readonly kind: 'string'; readonly value: string; readonly text: string; readonly offset: number }
  | { readonly kind: 'name'; readonly name: string; readonly text: string; readonly offset: number }
  /** An operator, a bracket or a keyword, by its text; `end` has the empty text. */
  | { readonly kind: 'symbol'; readonly text: string; readonly offset: number }
  | { readonly kind: 'end'; readonly text: ''; readonly offset: number };

export const KEYWORDS: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in', 'true', 'false', 'null', 'log2']);

const SPACE = /\s+/y;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const STRING = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/sy;
const NAME = /(?:[\p{L}_][\p{L}\p{N}_]*|`[^`]+`)(?:\.(?:[\p{L}\p{N}_]+|`[^`]+`))*/uy;
const SYMBOL = /[=!<>]=|[<>+\-*/%()[\],]/y;

/** What people write by habit, and what this grammar writes instead. */
const HABITS: readonly (readonly [pattern: RegExp, advice: string])[] = [
  [/&&?/y, 'write `and`'],
  [/\|\|?/y, 'write `or`'],
  [/=/y, 'to compare, write `==`'],
  [/!/y, 'write `not`'],
  [/\^/y, 'there is no power; multiply'],
  [/[‘’“”]/y, "strings stand in straight quotes: '…'"],
  [/['"]/y, 'the string has no closing quote'],
  [/`/y, 'a name in backticks needs its closing backtick and at least one character'],
];

/** Splits the text of an expression. @throws ExpressionError at the first character that starts no token. */
export function tokenize(text: string): readonly Token[] {
  if (text.length > MAX_LENGTH) {
    throw new ExpressionError(
      `an expression has at most ${MAX_LENGTH} characters, got ${text.length}; split it into several constraints`,
      MAX_LENGTH,
    );
  }
  const tokens: Token[] = [];
  let offset = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = offset;
    return pattern.exec(text)?.[0];
  };
  while (offset < text.length) {
    const found = match(SPACE);
    if (found !== undefined) {
      offset += found.length;
      continue;
    }
    const token =
      numberToken(match(NUMBER), offset) ??
      stringToken(match(STRING), offset) ??
      nameToken(match(NAME), offset) ??
      symbolToken(match(SYMBOL), offset);
    if (token === undefined) throw unexpectedCharacter(text, offset, match);
    const previous = tokens.at(-1);
    if (previous?.kind === 'number' && token.kind === 'name' && previous.offset + previous.text.length === offset) {
      throw new ExpressionError(
        `a name starts with a letter or _, got ${quote(previous.text + token.text)}; put it in backticks`,
        previous.offset,
      );
    }
    tokens.push(token);
    offset += token.text.length;
  }
  tokens.push({ kind: 'end', text: '', offset: text.length });
  return tokens;
}

function numberToken(text: string | undefined, offset: number): Token | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isFinite(value)) throw new ExpressionError(`a number must be finite, got ${text}`, offset);
  return { kind: 'number', value, text, offset };
}

function stringToken(text: string | undefined, offset: number): Token | undefined {
  if (text === undefined) return undefined;
  // Only the quote and the backslash need escaping, so a backslash before anything else is itself.
  return { kind: 'string', value: text.slice(1, -1).replace(/\\(['"\\])/g, '$1'), text, offset };
}

function nameToken(text: string | undefined, offset: number): Token | undefined {
  if (text === undefined) return undefined;
  if (KEYWORDS.has(text)) return { kind: 'symbol', text, offset };
  return { kind: 'name', name: text.replaceAll('`', ''), text, offset };
}

function symbolToken(text: string | undefined, offset: number): Token | undefined {
  return text === undefined ? undefined : { kind: 'symbol', text, offset };
}

function unexpectedCharacter(
  text: string,
  offset: number,
  match: (pattern: RegExp) => string | undefined,
): ExpressionError {
  for (const [pattern, advice] of HABITS) {
    const found = match(pattern);
    if (found !== undefined)
      return new ExpressionError(`${quote(found)} is not part of the grammar: ${advice}`, offset);
  }
  const character = String.fromCodePoint(text.codePointAt(offset)!);
  return new ExpressionError(
    `unexpected character ${quote(character)}; a name that holds it stands in backticks`,
    offset,
  );
}

function quote(text: string): string {
  return text.includes('`') ? `'${text}'` : `\`${text}\``;
}
