import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { IssueList } from '../../src/spec/issue-list.js';
import { SPACE_FILE, spaceFileJsonSchema } from '../../src/spec/space-file-shape.js';
import { keepsSchema } from './json-schema-walk.js';
import { VALID_SPACE } from './valid-space.js';

const schema = spaceFileJsonSchema();
const folder = new URL('../fixtures/malformed/spaces/', import.meta.url);

function issueCount(value: unknown): number {
  let count = 0;
  const issues = new IssueList(() => {
    count++;
    return {};
  });
  SPACE_FILE.check(value, [], issues);
  return count;
}

describe('schema.json', () => {
  test('is what the definition gives (npm run build writes it)', () => {
    const written = readFileSync(new URL('../../search-spaces/schema.json', import.meta.url), 'utf8');
    expect(written).toBe(`${JSON.stringify(schema, null, 2)}\n`);
  });

  test('names its dialect and describes what an editor completes', () => {
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    const undescribed: string[] = [];
    const walk = (part: unknown, path: string): void => {
      if (typeof part !== 'object' || part === null) return;
      const { properties, ...rest } = part as Record<string, unknown>;
      for (const [key, value] of Object.entries((properties ?? {}) as Record<string, Record<string, unknown>>)) {
        const text = value.description ?? value.title ?? value.not ?? value.enum;
        if (text === undefined) undescribed.push(`${path}.${key}`);
        walk(value, `${path}.${key}`);
      }
      for (const [key, value] of Object.entries(rest)) walk(value, `${path}/${key}`);
    };
    walk(schema, '');
    expect(undescribed).toEqual([]);
  });

  test('accepts a file with every key', () => {
    const value = parse(VALID_SPACE);
    expect(issueCount(value)).toBe(0);
    expect(keepsSchema(schema, value)).toBe(true);
  });

  test.each([
    'no-target',
    'wrong-version',
    'unknown-key',
    'unknown-nested-key',
    'wrong-type',
    'several-objectives',
    'one-fold',
    'racing',
    'method-of-others',
    'unknown-trainer',
    'bad-model-name',
    'missing-max',
    'values-and-min',
    'bare-list',
    'unknown-scale',
    'bad-duration',
    'memory-limit',
  ])('refuses %s as the parser does', (name) => {
    const value = parse(readFileSync(new URL(`${name}.yaml`, folder), 'utf8'));
    expect(issueCount(value)).toBeGreaterThan(0);
    expect(keepsSchema(schema, value)).toBe(false);
  });

  test('agrees with the parser on any change to a valid file', () => {
    const valid = parse(VALID_SPACE);
    const paths = pathsOf(valid);
    // Numbers as text are the one thing that the parser takes (with a warning) and the schema does not.
    const odd = fc.constantFrom<unknown>(
      null,
      true,
      false,
      0,
      1,
      -1,
      0.5,
      1e9,
      'x',
      '',
      'grid',
      'none',
      '10m',
      'choice(a, b)',
      [],
      [1],
      ['accuracy'],
      ['a', ['b', null]],
      [{ a: 1 }],
      {},
      { min: 1, max: 2 },
      { values: [1, 2] },
      { values: [] },
      { normal: { mean: 0, std: 1 } },
      { min: 1, values: [1] },
      { values: ['none'] },
      { use: 'knn' },
    );
    const key = fc.constantFrom('min', 'when', 'values', 'use', 'nested', 'module', 'trials', 'extra', 'constructor');
    fc.assert(
      fc.property(fc.constantFrom(...paths), odd, fc.option(key), (path, value, extra) => {
        const changed = changedAt(valid, extra === null ? path : [...path, extra], value);
        expect(keepsSchema(schema, changed)).toBe(issueCount(changed) === 0);
      }),
      { numRuns: 1000 },
    );
  });
});

function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]))];
}

function changedAt(value: unknown, path: readonly string[], change: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return change;
  if (Array.isArray(value)) return value.map((item, i) => (String(i) === key ? changedAt(item, rest, change) : item));
  const map = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  return { ...map, [key]: changedAt(map[key], rest, change) };
}
