import { describe, expect, test } from 'vitest';
import { formatIssue, type Issue, spaceFileError } from '../src/errors.js';

const first: Issue = { path: 'seed', message: 'must be a number', file: 'a/space.yaml', line: 2, column: 7 };
const second: Issue = { path: '', message: 'needs data', file: 'a/space.yaml', line: 1, column: 1 };

describe('formatIssue', () => {
  test('says what is known', () => {
    expect(formatIssue(first)).toBe('seed: must be a number (a/space.yaml:2:7)');
    expect(formatIssue({ path: '', message: 'is empty' })).toBe('is empty');
    expect(formatIssue({ path: 'x', message: 'is nested', file: 'a.json', row: 3 })).toBe(
      'x: is nested (a.json, row 3)',
    );
  });

  test('shows the last part of an absolute path', () => {
    expect(formatIssue({ path: '', message: 'is empty', file: '/home/me/a.csv', line: 1 })).toBe('is empty (a.csv:1)');
  });
});

describe('spaceFileError', () => {
  test('says a single problem itself', () => {
    expect(spaceFileError('a/space.yaml', [first]).message).toBe(formatIssue(first));
  });

  test('counts several and lists them in their order, once', () => {
    const error = spaceFileError('a/space.yaml', [first, second]);
    expect(error.message).toBe('a/space.yaml has 2 problems');
    expect(error.issues).toEqual([second, first]);
    expect(error.hint).toBeUndefined();
  });

  test('counts those it leaves out', () => {
    const error = spaceFileError('a/space.yaml', [first], 4);
    expect(error.message).toBe('a/space.yaml has 5 problems');
    expect(error.hint).toBe('the first 1 are listed');
  });
});
