import { execFile } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { DATA, ROOT, temporaryFolder } from './cml.js';

const run = promisify(execFile);

test('the packed package installs into an empty folder and runs under both names', async () => {
  const folder = temporaryFolder();
  const packed = temporaryFolder();
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', packed], { cwd: ROOT });
  const tarball = readdirSync(packed).find((name) => name.endsWith('.tgz'));
  expect(tarball).toMatch(/^concurrent-ml-/);

  writeFileSync(join(folder, 'package.json'), '{"name": "empty", "private": true, "type": "module"}');
  const install = [
    'install',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    join(packed, tarball!),
  ];
  await run('npm', install, { cwd: folder });

  const installed = join(folder, 'node_modules/concurrent-ml');
  expect(existsSync(join(installed, 'oclif.manifest.json'))).toBe(true);
  expect(readdirSync(installed)).not.toContain('test');
  const program = (name: string, ...args: string[]) =>
    run(join(folder, 'node_modules/.bin', name), args, { cwd: folder });
  expect((await program('cml', '--version')).stdout).toMatch(/^concurrent-ml\/\d/);
  await program('cml', 'init', join(DATA, 'iris.csv'));
  const { stdout } = await program('concurrent-ml', 'tune', 'iris.yaml', '--trials', '3', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ study: 'iris', status: 'finished' });

  writeFileSync(
    join(folder, 'use.js'),
    "import { loadSpec, tune } from 'concurrent-ml';\n" +
      "const { spec } = await loadSpec('iris.yaml', [{ path: 'search.trials', value: '2' }]);\n" +
      "const { state } = await tune(spec, { out: 'from-code' });\n" +
      'console.log(state.status, state.trials.length);\n',
  );
  expect((await run(process.execPath, ['use.js'], { cwd: folder })).stdout).toBe('finished 2\n');
}, 180_000);
