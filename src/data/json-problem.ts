/** Where a text stops being JSON. */
export interface JsonProblem {
  /** Index of the first character that cannot follow what stands before it; the text's length where it ends too soon. */
  readonly offset: number;
  readonly rule: string;
}

const BLANK = /[ \t\n\r]*/y;
const WORD = /true|false|null/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** As much of a text, of its inside or of one escape, as is well formed. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in a text
const PLAIN_TEXT = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Finds what keeps a text from being JSON (RFC 8259); the engine's own messages have a place in some versions only.
 * @param text one that `JSON.parse` refuses.
 */
export function findJsonProblem(text: string): JsonProblem {
  return new JsonScanner(text).scan();
}

class JsonScanner {
  private readonly text: string;
  private at = 0;
  /** What would be right at `at`. */
  private expected = '';
  /** What closes the lists and objects that are open. */
  private readonly closing: string[] = [];

  constructor(text: string) {
    this.text = text;
  }

  scan(): JsonProblem {
    while (this.value()) {
      while (this.closing.length > 0 && this.take(this.closing.at(-1)!)) this.closing.pop();
      const close = this.closing.at(-1);
      this.expected = close === undefined ? 'nothing' : `a comma or ${close}`;
      if (close === undefined || !this.take(',') || (close === '}' && !this.key())) break;
    }
    if (this.closing.length === 0) this.skip(BLANK);
    const found = String.fromCodePoint(this.text.codePointAt(this.at) ?? 0);
    const rule = this.at < this.text.length ? `got ${JSON.stringify(found)}` : 'got the end of the text';
    return { offset: this.at, rule: `${this.expected} must follow, ${rule}` };
  }

  /** Reads up to the end of the next plain value, or of the start of lists and objects that hold nothing. */
  private value(): boolean {
    for (;;) {
      if (this.take('[')) {
        this.closing.push(']');
        if (this.next() === ']') return true;
      } else if (this.take('{')) {
        this.closing.push('}');
        if (this.next() === '}') return true;
        if (!this.key()) return false;
      } else {
        this.expected = 'a value';
        return this.next() === '"' ? this.quoted() : this.skip(WORD) || this.skip(NUMBER);
      }
    }
  }

  private key(): boolean {
    this.expected = 'a name in double quotes';
    if (!this.quoted()) return false;
    this.expected = 'a colon';
    return this.take(':');
  }

  private quoted(): boolean {
    if (!this.take('"')) return false;
    do this.skip(PLAIN_TEXT);
    while (this.skip(ESCAPE));
    this.expected = this.text[this.at] === '\\' ? 'an escape such as \\n' : 'a closing quote';
    if (this.text[this.at] !== '"') return false;
    this.at++;
    return true;
  }

  private next(): string | undefined {
    this.skip(BLANK);
    return this.text[this.at];
  }

  private take(character: string): boolean {
    if (this.next() !== character) return false;
    this.at++;
    return true;
  }

  /** @returns whether there was any of it. */
  private skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const length = pattern.exec(this.text)?.[0].length ?? 0;
    this.at += length;
    return length > 0;
  }
}
