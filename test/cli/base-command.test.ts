import { resolve } from 'node:path';
import { Flags } from '@oclif/core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { BaseCommand } from '../../src/cli/base-command.js';
import { DataError } from '../../src/errors.js';

const ROOT = resolve(import.meta.dirname, '../..');

class Failing extends BaseCommand {
  static override id = 'failing';
  static override flags = { bug: Flags.boolean(), data: Flags.boolean() };

  async run(): Promise<{ done: true }> {
    const { flags } = await this.parse(Failing);
    if (flags.bug) throw new TypeError('cannot read properties of undefined');
    if (flags.data) throw new DataError('data.csv has no rows', { hint: 'add rows' });
    return { done: true };
  }
}

async function run(...argv: string[]) {
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    const thrown = await Failing.run(argv, ROOT).then(
      () => undefined,
      (error: unknown) => error as { oclif?: { exit?: number } },
    );
    const text = (spy: typeof out) => spy.mock.calls.map(([chunk]) => String(chunk)).join('');
    return { code: thrown?.oclif?.exit ?? process.exitCode ?? 0, stdout: text(out), stderr: text(err) };
  } finally {
    process.exitCode = before;
    vi.restoreAllMocks();
  }
}

afterEach(() => {
  process.exitCode = undefined;
});

describe('BaseCommand', () => {
  test('prints the result as JSON', async () => {
    expect(await run('--json')).toEqual({ code: 0, stdout: '{\n  "done": true\n}\n', stderr: '' });
  });

  test("an error of the user's: message and hint, no stack, the same code with --json", async () => {
    expect(await run('--data')).toEqual({ code: 4, stdout: '', stderr: 'data.csv has no rows\nadd rows\n' });
    const json = await run('--data', '--json');
    expect(json).toMatchObject({ code: 4, stderr: '' });
    expect(JSON.parse(json.stdout)).toEqual({
      error: { name: 'DataError', message: 'data.csv has no rows', exit_code: 4, hint: 'add rows', issues: [] },
    });
  });

  test('a bug: the stack and where to report it', async () => {
    const plain = await run('--bug');
    expect(plain).toMatchObject({ code: 1, stdout: '' });
    expect(plain.stderr).toMatch(/TypeError: cannot read.*base-command\.test\.ts.*Please report it/s);
    const json = await run('--bug', '--json');
    expect(json).toMatchObject({ code: 1 });
    expect(JSON.parse(json.stdout).error).toMatchObject({ name: 'TypeError', exit_code: 1 });
    expect(json.stderr).toContain('base-command.test.ts');
  });

  test('a flag that does not exist: what was meant, in two lines', async () => {
    const { code, stderr } = await run('--dat');
    expect(code).toBe(2);
    expect(stderr).toBe("there is no flag --dat (did you mean '--data'?)\ncml failing --help lists them\n");
  });

  test('wrong flags exit 2', async () => {
    expect(await run('--nope')).toMatchObject({ code: 2, stdout: '' });
    const json = await run('--nope', '--json');
    expect(json).toMatchObject({ code: 2, stderr: '' });
    expect(JSON.parse(json.stdout).error).toMatchObject({ name: 'UsageError', exit_code: 2 });
  });
});
