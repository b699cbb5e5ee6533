import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT, temporaryFolder } from '../end-to-end/cml.js';

const OCLIF = join(ROOT, 'node_modules/oclif/bin/run.js');

/** The built package without its manifest, so that oclif asks the commands themselves; what is written stays in there. */
function packageCopy(): string {
  const folder = temporaryFolder();
  copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  // The commands themselves are copied, for the manifest holds their place in the package.
  cpSync(join(ROOT, 'dist/commands'), join(folder, 'dist/commands'), { recursive: true });
  for (const name of ['dist/src', 'node_modules']) symlinkSync(join(ROOT, name), join(folder, name), 'junction');
  return folder;
}

function oclif(folder: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [OCLIF, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', OCLIF_SKIP_NEW_VERSION_CHECK: 'true' },
  });
  expect(status, stderr).toBe(0);
}

const checkedIn = (file: string) => readFileSync(join(ROOT, file), 'utf8');

describe('what is generated from the commands is up to date', () => {
  test('docs/reference/commands.md', () => {
    const folder = packageCopy();
    const copy = join(folder, 'commands.md');
    copyFileSync(join(ROOT, 'docs/reference/commands.md'), copy);
    oclif(folder, 'readme', '--readme-path', copy, '--no-aliases', '--no-source-links');
    expect(readFileSync(copy, 'utf8')).toBe(checkedIn('docs/reference/commands.md'));
  });

  test('oclif.manifest.json (npm run build writes it)', () => {
    const folder = packageCopy();
    oclif(folder, 'manifest');
    const written = JSON.parse(readFileSync(join(folder, 'oclif.manifest.json'), 'utf8'));
    expect(written).toEqual(JSON.parse(checkedIn('oclif.manifest.json')));
  });
});
