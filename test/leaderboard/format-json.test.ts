import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonPieces } from '../../src/leaderboard/format-json.js';

const textOf = (value: unknown) => [...jsonPieces(value)].join('');

test('the pieces make up what JSON.stringify gives', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(textOf(value)).toBe(`${JSON.stringify(value, null, 2)}\n`);
    }),
  );
});

test.each([0, 1, 249, 250, 251, 1000])('also with a list of %i', (length) => {
  const rows = Array.from({ length }, (_, i) => ({ i, 'a [': `text\n  ]${i}`, none: undefined }));
  for (const value of [{ rows }, { left: 1, none: undefined, 'rows: [': rows, right: [null] }]) {
    expect(textOf(value)).toBe(`${JSON.stringify(value, null, 2)}\n`);
  }
});

test('a list is read bit by bit, and no piece holds much of it', () => {
  let read = 0;
  function* rows(): Generator<number> {
    while (read < 10_000) yield read++;
  }
  const pieces = jsonPieces({ rows: rows() });
  pieces.next();
  expect(read).toBeLessThan(1000);
  const rest = [...pieces];
  expect(read).toBe(10_000);
  for (const piece of rest) expect(piece.length).toBeLessThan(10_000);
});
