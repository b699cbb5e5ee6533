import { expect, test } from 'vitest';
import { quoteUnquoted } from '../../src/spec/unquoted-comma.js';

test.each([
  ['parameters: {depth: int(2, 12)}', 'parameters: {depth: "int(2, 12)"}'],
  ['  {a: int(1, 2), b: choice(x, y), c: 3}', '{a: "int(1, 2)", b: "choice(x, y)", c: 3}'],
  ["{p: choice('a', 'b')}", `{p: "choice('a', 'b')"}`],
  ["C: {min: 1, max: 2, when: kernel in ['rbf', 'poly']}", `C: {min: 1, max: 2, when: "kernel in ['rbf', 'poly']"}`],
  [
    "C: {when: kernel in ['rbf'] and depth in [1, 2], values: [1, 2]}",
    `C: {when: "kernel in ['rbf'] and depth in [1, 2]", values: [1, 2]}`,
  ],
])('%s', (line, corrected) => {
  expect(quoteUnquoted(line)).toBe(corrected);
});

test.each(['depth: int(2, 12)', '{depth: "int(2, 12)"}', '{a: f(x)}', "{when: kernel == 'rbf'}", '{a: [1, 2]}'])(
  '%s needs nothing',
  (line) => {
    expect(quoteUnquoted(line)).toBeUndefined();
  },
);
