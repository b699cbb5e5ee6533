import fc from 'fast-check';

/** One change of a file. Places are taken modulo its length, lines or words. */
type Edit =
  | { readonly kind: 'flip'; readonly at: number; readonly mask: number }
  | { readonly kind: 'cut' | 'double'; readonly at: number; readonly count: number }
  | { readonly kind: 'insert' | 'word'; readonly at: number; readonly text: string }
  | { readonly kind: 'truncate'; readonly at: number }
  | LineEdit;

type LineEdit =
  | { readonly kind: 'remove-line' | 'double-line'; readonly at: number }
  | { readonly kind: 'swap-lines'; readonly at: number; readonly other: number };

/** Words that are numbers, names or syntax of more than one meaning. */
const HOSTILE_WORDS = [
  '__proto__',
  'constructor',
  'toString',
  'null',
  'true',
  'NaN',
  '.inf',
  '-0',
  '1e308',
  '1e400',
  '-1e400',
  '5e-324',
  '9007199254740993',
  '0x7fffffffffffffff',
  '1_000',
  '٣',
  '\0',
  '\u{1F600}',
  '\uFEFF',
  '\u2028',
  '\u202E',
  '\u001b[31m',
  '../../etc/passwd',
  '/dev/zero',
  '',
  ' ',
  '\t',
  '\r',
  '\r\n',
  '\n',
  '"',
  "'",
  '""',
  ',',
  ';',
  ':',
  '#',
  '&a ',
  '*a',
  '<<: *a',
  '!!x ',
  '---\n',
  '? ',
  '- ',
  '|',
  '{',
  '}',
  '[',
  ']',
  '[[[[[[[[[[[[[[[[[[[[[[[[',
  'int(1, 2)',
  'choice(',
  'loguniform(0, 1)',
  'in [',
  'a == 1',
  'PAR1',
  'x'.repeat(5000),
  '9'.repeat(400),
] as const;

const at = fc.nat(2 ** 24);
const word = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...HOSTILE_WORDS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
);
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at, mask: fc.integer({ min: 1, max: 255 }) }),
  fc.record({ kind: fc.constantFrom('cut' as const, 'double' as const), at, count: fc.integer({ min: 1, max: 200 }) }),
  fc.record({ kind: fc.constantFrom('insert' as const, 'word' as const), at, text: word }),
  fc.record({ kind: fc.constantFrom('remove-line' as const, 'double-line' as const), at }),
  fc.record({ kind: fc.constant('swap-lines' as const), at, other: at }),
);
const truncation = fc.record({ kind: fc.constant('truncate' as const), at });

/** Changed copies of files, also of none: each with one to six changes, now and then cut off. */
export function mutated(bases: readonly Uint8Array[]): fc.Arbitrary<Buffer> {
  const edits = fc.tuple(fc.array(edit, { minLength: 1, maxLength: 6 }), fc.option(truncation, { freq: 8 }));
  return fc
    .tuple(fc.constantFrom(...bases), edits)
    .map(([base, [changes, cut]]) => applyAll(base, cut === null ? changes : [...changes, cut]));
}

/** Byte by byte: each is one character of the text that is worked on. */
function applyAll(base: Uint8Array, edits: readonly Edit[]): Buffer {
  return Buffer.from(edits.reduce(apply, Buffer.from(base).toString('latin1')), 'latin1');
}

function apply(text: string, change: Edit): string {
  const place = change.at % (text.length + 1);
  switch (change.kind) {
    case 'flip':
      return (
        text.slice(0, place) +
        (place < text.length ? String.fromCharCode(text.charCodeAt(place) ^ change.mask) : '') +
        text.slice(place + 1)
      );
    case 'cut':
      return text.slice(0, place) + text.slice(place + change.count);
    case 'double':
      return text.slice(0, place + change.count) + text.slice(place);
    case 'insert':
      return text.slice(0, place) + bytesOf(change.text) + text.slice(place);
    case 'word':
      return replacePart(text, /[\w.+-]+/g, change.at, bytesOf(change.text));
    case 'truncate':
      return text.slice(0, place);
    default:
      return editLines(text.split('\n'), change).join('\n');
  }
}

function editLines(lines: string[], change: LineEdit): string[] {
  const line = change.at % lines.length;
  switch (change.kind) {
    case 'remove-line':
      return lines.toSpliced(line, 1);
    case 'double-line':
      return lines.toSpliced(line, 0, lines[line]!);
    case 'swap-lines': {
      const other = change.other % lines.length;
      return lines.with(line, lines[other]!).with(other, lines[line]!);
    }
  }
}

function replacePart(text: string, pattern: RegExp, index: number, by: string): string {
  const parts = [...text.matchAll(pattern)];
  const part = parts[index % Math.max(1, parts.length)];
  if (part === undefined) return by;
  return text.slice(0, part.index) + by + text.slice(part.index + part[0].length);
}

function bytesOf(text: string): string {
  return Buffer.from(text).toString('latin1');
}
