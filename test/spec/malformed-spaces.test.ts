import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { formatIssue, SpaceFileError } from '../../src/errors.js';
import { loadSpec } from '../../src/spec/load-spec.js';

const folder = fileURLToPath(new URL('../fixtures/malformed/spaces/', import.meta.url));

interface Malformed {
  readonly file: string;
  readonly exitCode: number;
  readonly line?: number;
  readonly message: string;
}

const cases: readonly Malformed[] = JSON.parse(readFileSync(`${folder}index.json`, 'utf8'));

describe('malformed space files', () => {
  test.each(cases)('$file', async ({ file, exitCode, line, message }) => {
    const error = await loadSpec(`${folder}${file}`).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(SpaceFileError);
    if (!(error instanceof SpaceFileError)) return;
    expect(error.exitCode).toBe(exitCode);
    const found = error.issues.find((issue) => formatIssue(issue).includes(message));
    const printed = [error.message, ...error.issues.map(formatIssue)].join('\n');
    expect(found, `'${message}' in:\n${printed}`).toBeDefined();
    expect(found?.line).toBe(line);
    expect(printed).not.toMatch(/\bundefined\b|\[object|\n\s+at /);
  });
});
