import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { cml, ROOT, temporaryFolder } from './cml.js';

let folder: string;
beforeAll(() => {
  folder = temporaryFolder();
  cpSync(join(ROOT, 'test/fixtures/import'), folder, { recursive: true });
});

const PROGRAM = ['--command', 'node score.mjs'];

/** Files, the format that is recognised, its method here, and more arguments. */
const FILES: [file: string, format: string, method: string, more?: readonly string[]][] = [
  ['wandb.yaml', 'wandb', 'bayes'],
  ['katib.yaml', 'katib', 'gp'],
  ['nni.yaml', 'nni', 'tpe'],
  ['nni-space.json', 'nni', 'random', PROGRAM],
  ['optuna.json', 'optuna', 'cma-es', PROGRAM],
  ['optuna-trials.json', 'optuna', 'tpe', PROGRAM],
  ['orion.yaml', 'orion', 'tpe'],
  ['orion-hunt.txt', 'orion', 'random'],
  ['orion-asha.yaml', 'orion', 'random'],
];

describe('a file of another tool', () => {
  test.concurrent.each(FILES)('%s converts and runs', async (file, format, method, more = []) => {
    const out = `${file.replace('.', '-')}.yaml`;
    const imported = await cml(['import', file, '--out', out, '--json', ...more], folder);
    expect(imported.code, imported.stderr).toBe(0);
    const result = JSON.parse(imported.stdout);
    expect(result).toMatchObject({ file: join(folder, out), format, method });
    expect(result.notes.filter((note: { message: string }) => note.message.startsWith('to mend'))).toEqual([]);
    // What is said on stderr stands in the file too.
    const text = readFileSync(join(folder, out), 'utf8');
    const said = imported.stderr.trimEnd().split('\n');
    for (const line of said) expect(text).toContain(line.replace(/^warning: /, '# - '));
    const run = await cml(['tune', out, '--trials', '2', '--workers', '1', '--out', `${out}.run`, '--json'], folder);
    expect(run.code, run.stderr).toBe(0);
    expect(JSON.parse(run.stdout).trials).toMatchObject({ completed: 2, failed: 0 });
  });

  test('gives up trials by its own rule', async () => {
    expect((await cml(['import', 'nni.yaml', '--out', 'pruned.yaml'], folder)).code).toBe(0);
    const args = ['tune', 'pruned.yaml', '--trials', '12', '--set', 'search.lag=1', '--workers', '1', '--json'];
    const { code, stdout, stderr } = await cml(args, folder);
    expect(code, stderr).toBe(0);
    const { trials, rows } = JSON.parse(stdout);
    expect(trials['raced-out']).toBeGreaterThan(0);
    expect(trials.completed + trials['raced-out']).toBe(12);
    const reasons = rows.flatMap(({ reason }: { reason?: string }) => reason ?? []);
    for (const reason of reasons) expect(reason).toMatch(/^behind at step [23] with \d+ \(search\.pruning\)$/);
  });

  test('of no known format is refused, with the formats', async () => {
    writeFileSync(join(folder, 'other.yaml'), 'hello: world\n');
    const { code, stderr } = await cml(['import', 'other.yaml', '--out', 'other-space.yaml'], folder);
    expect([code, stderr]).toEqual([2, expect.stringContaining('of no format that is known: katib, nni, optuna')]);
  });

  test('never replaces a file', async () => {
    writeFileSync(join(folder, 'mine.yaml'), 'mine\n');
    const { code, stderr } = await cml(['import', 'wandb.yaml', '--out', 'mine.yaml'], folder);
    expect([code, stderr]).toEqual([2, expect.stringContaining('mine.yaml exists already; nothing was written')]);
    expect(readFileSync(join(folder, 'mine.yaml'), 'utf8')).toBe('mine\n');
  });
});
