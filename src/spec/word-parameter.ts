import { forms, isMap } from './collection-shapes.js';
import { choiceOf, looksLikeShortForm, type ParameterNotation } from './parameter-shape.js';
import { oneOf } from './scalar-shapes.js';
import type { Shape } from './shape.js';

/** One of a closed set of words, fixed or searched by `{values: [...]}` or `choice(...)`. */
export function wordParameter(words: readonly string[]): Shape<ParameterNotation> {
  const word = oneOf(words);
  const fixed: Shape<ParameterNotation> = {
    expected: word.expected,
    json: { anyOf: [word.json, { type: 'string', pattern: '^\\s*choice\\s*\\(' }] },
    check(value, path, issues) {
      if (looksLikeShortForm(value)) return { form: 'short', text: value };
      const read = word.check(value, path, issues);
      return read === undefined ? undefined : { form: 'fixed', value: read };
    },
  };
  return forms<ParameterNotation>(`${word.expected}, or {values: [...]} to search`, [
    { shape: fixed, meant: (value) => !isMap(value) && !Array.isArray(value) },
    { shape: choiceOf(word), meant: isMap },
  ]);
}
