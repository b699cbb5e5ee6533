import { describe, expect, test } from 'vitest';
import { SpaceFileError } from '../../src/errors.js';
import { parseSpec } from '../../src/spec/load-spec.js';

const options = { file: 'space.yaml', directory: '/', name: 'space' };

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
