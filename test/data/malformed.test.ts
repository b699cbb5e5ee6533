import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { DataSpec } from '../../src/data/data-spec.js';
import { loadDataset, type OrderColumn } from '../../src/data/load-dataset.js';
import { DataError, formatIssue } from '../../src/errors.js';
import { dataSpec } from './data-spec.js';

interface Malformed extends Omit<Partial<DataSpec>, 'file' | 'target'> {
  readonly file: string;
  readonly target: string;
  readonly exitCode: number;
  /** Must be part of what is printed. */
  readonly message: string;
  readonly order?: OrderColumn;
}

const folder = fileURLToPath(new URL('../fixtures/malformed/data/', import.meta.url));
const cases: readonly Malformed[] = JSON.parse(readFileSync(`${folder}index.json`, 'utf8'));

describe('malformed data files', () => {
  test.each(cases)('$file: $message', async ({ file, target, exitCode, message, order, ...spec }) => {
    const error = await loadDataset(dataSpec(folder + file, target, spec), order).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(DataError);
    expect([error.message, ...error.issues.map(formatIssue)].join('\n')).toContain(message);
    if (error.issues.length === 1) expect(error.message).toBe(formatIssue(error.issues[0]));
    expect(error.exitCode).toBe(exitCode);
    expect(error.hint).toMatch(/\w/);
    expect(error.issues.length).toBeGreaterThan(0);
    for (const issue of error.issues) expect(issue.file).toBe(folder + file);
  });
});
