import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SpaceFileError } from '../../src/errors.js';
import { parseSpec, specFromObject } from '../../src/spec/load-spec.js';
import { VALID_SPACE } from './valid-space.js';

const options = { file: 'space.yaml', directory: '/', name: 'space' };

function onlyRefuses(attempt: () => unknown): void {
  try {
    attempt();
  } catch (error) {
    if (!(error instanceof SpaceFileError)) throw error;
    expect(error.message.length).toBeGreaterThan(0);
    expect(error.issues.length).toBeGreaterThan(0);
    for (const issue of error.issues) expect(issue.message).not.toMatch(/\bundefined\b|\[object/);
  }
}

const snippets = fc.constantFrom(
  '{',
  '}',
  '[',
  ']',
  ':',
  ', ',
  '\n',
  '  ',
  '- ',
  '"',
  "'",
  '&a ',
  '*a',
  '!!x ',
  '|',
  '>',
  '#',
  '? ',
  '%',
  '\t',
  '\u0000',
  '\uFEFF',
  '---\n',
  '...',
  '__proto__: 1\n',
  'constructor: ',
  '1e999',
  '.nan',
  '-0',
  '0x10',
  '1_000',
  'null',
  '~',
  'when: a',
  'int(',
  '(1, 2)',
  'choice(',
  '<<: *a',
  '\u2028',
  '\uD800',
);

describe('whatever the text is', () => {
  test('any text is read or refused', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 200 }),
          fc.array(snippets).map((parts) => parts.join('')),
        ),
        (text) => {
          onlyRefuses(() => parseSpec(text, options));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('a valid file with anything put in, cut out or doubled', () => {
    const length = VALID_SPACE.length;
    fc.assert(
      fc.property(
        fc.nat(length),
        fc.nat(40),
        fc.oneof(snippets, fc.string({ maxLength: 10 })),
        fc.boolean(),
        (start, count, inserted, doubled) => {
          const cut = doubled ? VALID_SPACE.slice(start, start + count) : '';
          const text =
            VALID_SPACE.slice(0, start) + inserted + cut + VALID_SPACE.slice(doubled ? start : start + count);
          onlyRefuses(() => parseSpec(text, options));
        },
      ),
      { numRuns: 120 },
    );
  });

  test('any object', () => {
    const keys = fc.constantFrom(
      'data',
      'models',
      'search',
      'initial',
      'use',
      'parameters',
      'file',
      'target',
      'a',
      'knn',
      'n_neighbors',
      'min',
      'max',
      'when',
      'constraints',
      '__proto__',
      'toString',
    );
    const anything = fc.object({
      key: keys,
      maxDepth: 5,
      values: [fc.constantFrom('knn', 'int(1, 2)', 'a == 1', 3, null, true, [])],
    });
    fc.assert(
      fc.property(anything, (value) => onlyRefuses(() => specFromObject(value, options))),
      { numRuns: 300 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe('large and hostile files', () => {
  const data = 'data: {file: a.csv, target: y}\n';

  test.each([
    ['many unknown keys', data + Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`).join('\n')],
    ['deep maps', data + Array.from({ length: 500 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    ['deep lists', `${data}a: ${'[1, '.repeat(10_000)}`],
    ['nested parentheses', `${data}models: {k: {use: knn}}\nconstraints: ["${'('.repeat(100_000)}"]`],
    ['a long expression', `${data}models: {k: {use: knn}}\nconstraints: ["${'a == 1 and '.repeat(20_000)}a"]`],
    ['a cycle', `${data}models: &m\n  a: *m\n`],
    ['a long key', `${data}${'x'.repeat(500_000)}: 1\n`],
    ['a long short form', `${data}models: {k: {use: knn, parameters: {p: "choice(${'1, '.repeat(100_000)})"}}}\n`],
    ['over a megabyte', 'x'.repeat(1_000_001)],
  ])('%s', (_name, text) => {
    expect(() => parseSpec(text, options)).toThrow(SpaceFileError);
  });
});
