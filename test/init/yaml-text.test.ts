import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { yamlPath, yamlRange, yamlText } from '../../src/init/yaml-text.js';

test('any value reads back from a flow list and from a map', () => {
  const scalar = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('yes', 'No', 'null', '1e3', '0x1f', '', ' a', '- b', 'a: b', '#c', "it's", '~', '.5', '<<', '='),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  );
  fc.assert(
    fc.property(scalar, (value) => {
      expect(parse(`[${yamlText(value)}]`)).toEqual([value]);
      expect(parse(`key: ${yamlText([value])}`)).toEqual({ key: [value] });
      expect(parse(`{key: ${yamlText({ when: value })}}`)).toEqual({ key: { when: value } });
    }),
  );
});

test('any path reads back', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (path) => {
      expect(parse(`file: ${yamlPath(path)}`)).toEqual({ file: path });
    }),
  );
  expect(yamlPath('data/my-table.csv')).toBe('data/my-table.csv');
});

test('prints ranges as people write them', () => {
  expect(yamlRange({ min: 1e-4, max: 1e3, log: true })).toBe('{min: 1e-4, max: 1000, log: true}');
  expect(yamlRange({ values: ['gini', 'entropy', null] })).toBe('{values: [gini, entropy, null]}');
  expect(yamlRange({ min: 2, max: 5 }, "kernel == 'poly'")).toBe('{min: 2, max: 5, when: "kernel == \'poly\'"}');
  expect(yamlRange('int(2, 12)')).toBe('int(2, 12)');
});
