import { Errors } from '@oclif/core';
import { describe, expect, test } from 'vitest';
import { formatBug, formatCmlError, oclifMessage, reportError } from '../../src/cli/error-report.js';
import { SpaceFileError } from '../../src/errors.js';

const error = new SpaceFileError('space.yaml: 2 problems', {
  issues: [
    { path: 'search.trials', message: 'must be at least 1, got 0', file: 'space.yaml', line: 3, column: 11 },
    { path: '', message: 'must be a map' },
  ],
  hint: 'see `cml check`',
});

describe('reportError', () => {
  test('has the promised fields', () => {
    expect(reportError(error)).toEqual({
      name: 'SpaceFileError',
      message: 'space.yaml: 2 problems',
      exit_code: 3,
      hint: 'see `cml check`',
      issues: [
        {
          path: 'search.trials',
          file: 'space.yaml',
          line: 3,
          column: 11,
          row: null,
          message: 'must be at least 1, got 0',
        },
        { path: '', file: null, line: null, column: null, row: null, message: 'must be a map' },
      ],
    });
  });

  test('makes usage errors of what oclif refuses', () => {
    const refused = new Errors.CLIError('Nonexistent flag: --trails\nSee more help with --help');
    expect(reportError(refused)).toEqual({
      name: 'UsageError',
      message: 'Nonexistent flag: --trails',
      exit_code: 2,
      hint: 'see more help with --help',
      issues: [],
    });
  });

  test('anything else is a bug and exits 1, also what is no error', () => {
    expect(reportError(new TypeError('x is undefined'))).toMatchObject({ name: 'TypeError', exit_code: 1 });
    expect(reportError('thrown text')).toMatchObject({ message: 'thrown text', exit_code: 1 });
    expect(reportError(undefined)).toMatchObject({ exit_code: 1 });
  });
});

test('formatCmlError prints the message, a line an issue with its place, and the hint', () => {
  expect(formatCmlError(error)).toBe(
    [
      'space.yaml: 2 problems',
      '  search.trials: must be at least 1, got 0 (space.yaml:3:11)',
      '  must be a map',
      'see `cml check`',
    ].join('\n'),
  );
});

test('formatCmlError says a single problem once, and what differs from the message below it', () => {
  const issue = { path: 'seed', message: 'must be a whole number' };
  const only = new SpaceFileError('seed: must be a whole number', { issues: [issue], hint: 'try 1' });
  expect(formatCmlError(only)).toBe('seed: must be a whole number\ntry 1');
  const other = new SpaceFileError('no trial completed', { issues: [issue] });
  expect(formatCmlError(other)).toBe('no trial completed\n  seed: must be a whole number');
});

test('formatCmlError shows the first fifty of very many issues', () => {
  const issues = Array.from({ length: 80 }, (_, i) => ({ path: `p${i}`, message: 'is wrong' }));
  const lines = formatCmlError(new SpaceFileError('80 problems', { issues })).split('\n');
  expect(lines).toHaveLength(1 + 50 + 1);
  expect(lines.at(-1)).toBe('  … these are the first 50');
});

test('oclifMessage leaves out the note on flags that may be repeated, which take one value each here', () => {
  const note =
    'Note: --set allows multiple values. Because of this you need to provide all arguments before providing that flag.' +
    '\nAlternatively, you can use "--" to signify the end of the flags and the beginning of arguments.';
  const refused = new Errors.CLIError(
    `Missing 1 required arg:\nspace  The space file.\n\n${note}\nSee more help with --help`,
  );
  expect(oclifMessage(refused)).toBe('Missing 1 required arg:\nspace  The space file.\nSee more help with --help');
});

test('formatBug shows the stack, and says what to report, with and without a place', () => {
  const bug = new Error('boom');
  const text = formatBug(bug, '1.2.3', 'https://example.org/issues');
  expect(text).toContain('error-report.test.ts');
  expect(text).toContain(`concurrent-ml 1.2.3, Node ${process.version}`);
  expect(text).toContain('report it to https://example.org/issues with all of the above, the command, the space file');
  expect(formatBug(bug, '1.2.3', undefined)).toContain('report it with all of the above, the command, the space file');
});
