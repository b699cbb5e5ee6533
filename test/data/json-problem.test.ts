import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findJsonProblem } from '../../src/data/json-problem.js';

describe('findJsonProblem', () => {
  test.each([
    ['[{"a": 1},\n{"a": x}]', 17, 'a value must follow, got "x"'],
    ['[{"a": 1} {"a": 2}]', 10, 'a comma or ] must follow, got "{"'],
    ['[1, 2,]', 6, 'a value must follow, got "]"'],
    ['{"a": 1,}', 8, 'a name in double quotes must follow, got "}"'],
    ["{'a': 1}", 1, 'a name in double quotes must follow, got "\'"'],
    ['{"a" 1}', 5, 'a colon must follow, got "1"'],
    ['{"a": [1, 2', 11, 'a comma or ] must follow, got the end of the text'],
    ['["a\nb"]', 3, 'a closing quote must follow, got "\\n"'],
    ['["a\\x"]', 3, 'an escape such as \\n must follow, got "\\\\"'],
    ['["a', 3, 'a closing quote must follow, got the end of the text'],
    ['[01]', 2, 'a comma or ] must follow, got "1"'],
    ['[NaN]', 1, 'a value must follow, got "N"'],
    ['{} {}', 3, 'nothing must follow, got "{"'],
    ['', 0, 'a value must follow, got the end of the text'],
  ])('of %j', (text, offset, rule) => {
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(findJsonProblem(text)).toEqual({ offset, rule });
  });

  test('a document cut short ends too soon, at its end', () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue())), fc.nat(), (value, at) => {
        const text = JSON.stringify(value, undefined, 1);
        const cut = text.slice(0, at % text.length);
        const { offset, rule } = findJsonProblem(cut);
        // Half an escape, a word or a number may be cut in the middle: the problem then is their beginning.
        expect(cut.slice(offset)).toMatch(/^(?:\\[u0-9a-f]{0,5}|-|t|tr|tru|f|fa|fal|fals|n|nu|nul|[.eE][+-]?)?$/);
        if (offset === cut.length) expect(rule).toContain('got the end of the text');
      }),
    );
  });

  test('a character that belongs nowhere is found where it was put', () => {
    const rows = fc.array(fc.dictionary(fc.stringMatching(/^[a-z ]*$/), fc.nat()));
    fc.assert(
      fc.property(rows, fc.nat(), (value, at) => {
        const text = JSON.stringify(value);
        const place = at % (text.length + 1);
        expect(findJsonProblem(`${text.slice(0, place)}\u0001${text.slice(place)}`).offset).toBe(place);
      }),
    );
  });

  test('long texts and deep nesting are no trouble', () => {
    const text = `["${'a'.repeat(5_000_000)}", ${'['.repeat(200_000)} x`;
    expect(findJsonProblem(text).offset).toBe(text.length - 1);
  });
});
