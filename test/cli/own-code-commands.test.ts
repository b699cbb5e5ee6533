import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { cml, DATA, temporaryFolder } from '../end-to-end/cml.js';

/** A folder with a finished run of a module that prints, and of a built-in trainer. */
let folder: string;
beforeAll(async () => {
  folder = temporaryFolder();
  copyFileSync(join(DATA, 'iris.csv'), join(folder, 'iris.csv'));
  writeFileSync(
    join(folder, 'noisy.mjs'),
    `export function evaluate({ x }, { repeat }) {
  console.log('out of ' + repeat);
  if (x > 0.5) console.error('large');
  return x;
}
`,
  );
  writeFileSync(
    join(folder, 'noisy.yaml'),
    `objective: {metric: value, goal: minimize}
evaluation: {repeats: 2}
search: {method: grid}
models: {m: {module: ./noisy.mjs, parameters: {x: {values: [0, 1]}}}}
`,
  );
  writeFileSync(
    join(folder, 'plain.yaml'),
    'data: {file: iris.csv, target: species}\nsearch: {trials: 1}\nmodels: {k: {use: knn}}\n',
  );
  for (const name of ['noisy', 'plain']) {
    const { code, stderr } = await cml(['tune', `${name}.yaml`, '--workers', '1'], folder);
    expect(code, stderr).toBe(0);
  }
}, 60_000);

describe.concurrent('logs', () => {
  test('fold by fold, headings on stderr', async () => {
    const { code, stdout, stderr } = await cml(['logs', 'noisy', '1'], folder);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'out of 0\nlarge\nout of 1\nlarge\n' });
    expect(stderr.trimEnd().split('\n')).toEqual([
      '-- fold 1, stdout --',
      '-- fold 1, stderr --',
      '-- fold 2, stdout --',
      '-- fold 2, stderr --',
    ]);
  });

  test('one stream', async () => {
    expect(await cml(['logs', 'runs/noisy', '1', '--stderr'], folder)).toMatchObject({ stdout: 'large\nlarge\n' });
    const silent = await cml(['logs', 'noisy', '0', '--stderr'], folder);
    expect(silent).toMatchObject({ code: 0, stdout: '', stderr: 'the tasks of trial 0 printed nothing on stderr\n' });
  });

  test('as JSON', async () => {
    const { stdout } = await cml(['logs', 'noisy', '0', '--json'], folder);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      study: 'noisy',
      trial: 0,
      model: 'm',
      folds: [
        { fold: 1, stdout: 'out of 0\n', stderr: null },
        { fold: 2, stdout: 'out of 1\n', stderr: null },
      ],
    });
  });

  test('of a built-in trainer there are none', async () => {
    const { code, stderr } = await cml(['logs', 'plain', '0'], folder);
    expect([code, stderr]).toEqual([0, 'trial 0 is of k, a built-in trainer: those print nothing\n']);
  });

  test.each([
    [['logs', 'noisy', '7'], 'there is no trial 7 in runs/noisy: it has 2 trials: 0 to 1'],
    [['logs', 'nois', '0'], 'did you mean noisy?'],
    [['logs', 'noisy', 'x'], 'TRIAL must be a whole number from 0, got x'],
    [['logs', 'noisy', '1.5'], 'TRIAL must be a whole number from 0, got 1.5'],
    [['logs', 'noisy', '-1'], '-1'],
    [['logs', 'noisy', '0', '--stdout', '--stderr'], '--stdout'],
  ])('%j is refused', async (args, message) => {
    const { code, stdout, stderr } = await cml(args, folder);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});

describe.concurrent('init --module', () => {
  test('without data: an objective that runs as it is, and is never written over', async () => {
    const own = temporaryFolder();
    const first = await cml(['init', '--module', '--json'], own);
    expect(first.code, first.stderr).toBe(0);
    expect(JSON.parse(first.stdout)).toEqual({
      file: join(own, 'objective.yaml'),
      module: join(own, 'objective.mjs'),
    });
    const run = await cml(['tune', 'objective.yaml', '--trials', '3', '--json'], own);
    expect(run.code, run.stderr).toBe(0);
    expect(JSON.parse(run.stdout).trials).toMatchObject({ completed: 3, failed: 0 });
    writeFileSync(join(own, 'objective.mjs'), 'mine');
    const again = await cml(['init', '--module', '--out', 'objective.yml'], own);
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('objective.mjs exists already')]);
    expect(existsSync(join(own, 'objective.yml'))).toBe(false);
    expect(readFileSync(join(own, 'objective.mjs'), 'utf8')).toBe('mine');
  });

  test.each(['iris', 'diabetes', 'breast_cancer'])('with %s: a trainer that runs as it is', async (name) => {
    const own = temporaryFolder();
    copyFileSync(join(DATA, `${name}.csv`), join(own, `${name}.csv`));
    const init = await cml(['init', `${name}.csv`, '--module'], own);
    expect(init.code, init.stderr).toBe(0);
    const run = await cml(['tune', `${name}.yaml`, '--trials', '2', '--set', 'evaluation.holdout=0', '--json'], own);
    expect(run.code, run.stderr).toBe(0);
    const { rows, trials } = JSON.parse(run.stdout);
    expect(trials).toMatchObject({ completed: 2, failed: 0 });
    const baseline = rows.find((row: { model: string }) => row.model === 'dummy');
    expect(rows[0].score).toBeGreaterThan(baseline.score);
  });

  test('without data and without --module, the data are missing', async () => {
    const { code, stderr } = await cml(['init'], folder);
    expect([code, stderr]).toEqual([2, expect.stringContaining('Missing 1 required arg: data')]);
  });
});

describe('cache', () => {
  test('is shown and cleared', async () => {
    const env = { CML_CACHE: join(folder, 'cache') };
    const empty = await cml(['cache'], folder, env);
    expect(empty.stdout).toBe(`The cache is empty: ${env.CML_CACHE}\n`);
    const args = ['tune', 'plain.yaml', '--isolation', 'process', '--workers', '1', '--out', 'cached'];
    const { code, stderr } = await cml(args, folder, env);
    expect(code, stderr).toBe(0);
    const shown = JSON.parse((await cml(['cache', '--json'], folder, env)).stdout);
    expect(shown).toMatchObject({ folder: env.CML_CACHE, cleared: false, entries: [{ bytes: shown.bytes }] });
    const table = await cml(['cache'], folder, env);
    expect(table.stdout).toMatch(/^table +size +last used\n.*\n[0-9a-f]{16} +[\d.]+ KiB +[\d.]+s ago\n\n1 table, /);
    expect((await cml(['cache', '--clear'], folder, env)).stdout).toMatch(/^Deleted 1 table, [\d.]+ KiB, from /);
    expect((await cml(['cache'], folder, env)).stdout).toMatch(/^The cache is empty/);
  });
});

describe('add-trial', () => {
  test('is run by resume', async () => {
    const out = ['tune', 'plain.yaml', '--out', 'more', '--workers', '1', '--set'];
    const study = 'models={k: {use: knn, parameters: {n_neighbors: "int(1, 60)"}}}';
    expect((await cml([...out, study], folder)).code).toBe(0);
    const added = await cml(['add-trial', 'more', '--param', 'k.n_neighbors=41', '--json'], folder);
    expect(added.code, added.stderr).toBe(0);
    expect(JSON.parse(added.stdout)).toMatchObject({ trial: 1, params: { model: 'k', 'k.n_neighbors': 41 } });
    const { stdout } = await cml(['resume', 'more', '--json', '--workers', '1'], folder);
    const { trials, rows } = JSON.parse(stdout);
    expect(trials).toMatchObject({ planned: 2, completed: 2 });
    expect(rows.find((row: { trial: number }) => row.trial === 1).params).toMatchObject({ 'k.n_neighbors': 41 });
  });

  test.each([
    ['k=', '--param k: no such parameter'],
    ['nonsense', '--param: must be name=value'],
    ['k.n_neighbors=[', '--param k.n_neighbors: '],
  ])('refuses --param %s', async (param, message) => {
    const { code, stderr } = await cml(['add-trial', 'plain', '--param', param], folder);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
