import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OBJECTIVE_TEMPLATE, TRAINER_TEMPLATE } from '../../src/init/module-templates.js';
import { ROOT, temporaryFolder } from '../end-to-end/cml.js';

test('the templates have sound types', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'objective.mjs'), OBJECTIVE_TEMPLATE);
  writeFileSync(join(folder, 'trainer.mjs'), TRAINER_TEMPLATE);
  const compilerOptions = {
    target: 'ES2023',
    lib: ['ES2023', 'ES2024.SharedMemory'],
    module: 'NodeNext',
    strict: true,
    allowJs: true,
    checkJs: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
    typeRoots: [join(ROOT, 'node_modules/@types')],
    paths: { 'concurrent-ml': [join(ROOT, 'dist/src/index.d.ts')] },
  };
  const config = join(folder, 'tsconfig.json');
  writeFileSync(config, JSON.stringify({ compilerOptions, include: ['*.mjs'] }));
  const { status, stdout } = spawnSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', config], { encoding: 'utf8' });
  expect(stdout).toBe('');
  expect(status).toBe(0);
}, 60_000);
