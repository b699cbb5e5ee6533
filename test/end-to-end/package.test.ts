import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { DATA, ROOT, temporaryFolder } from './cml.js';

const run = promisify(execFile);

const STRICT = {
  strict: true,
  noEmit: true,
  module: 'nodenext',
  target: 'es2023',
  verbatimModuleSyntax: true,
  skipLibCheck: true,
};

const OBJECTIVE = `import type { ObjectiveModule } from 'concurrent-ml';

interface Parameters {
  readonly rate: number;
  readonly momentum: number;
}

/** Gradient descent in a long valley. */
export const evaluate: ObjectiveModule<Parameters>['evaluate'] = ({ rate, momentum }, context) => {
  const place = [1, 1];
  const speed = [0, 0];
  for (let step = 1; step <= 50 && !context.signal.aborted; step++) {
    for (const [axis, steepness] of [1, 20].entries()) {
      speed[axis] = momentum * speed[axis]! - rate * steepness * place[axis]!;
      place[axis]! += speed[axis]!;
    }
    context.report(step, Math.min(100, Math.hypot(...place)));
  }
  return { loss: Math.min(100, Math.hypot(...place)) };
};
`;

const OBJECTIVE_SPACE = `version: 1
objective: {metric: loss, goal: minimize}
search: {method: tpe, trials: 12}
models:
  descent:
    module: objective.ts
    parameters: {rate: "loguniform(1e-3, 0.1)", momentum: "uniform(0, 0.99)"}
`;

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

  writeFileSync(join(folder, 'objective.ts'), OBJECTIVE);
  writeFileSync(join(folder, 'objective.yaml'), OBJECTIVE_SPACE);
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: STRICT, files: ['objective.ts'] }));
  const typescript = join(ROOT, 'node_modules/typescript/bin/tsc');
  const typeCheck = () => spawnSync(process.execPath, [typescript], { cwd: folder, encoding: 'utf8' }).stdout;
  expect(typeCheck()).toBe('');
  const tuned = await program('cml', 'tune', 'objective.yaml', '--json');
  expect(JSON.parse(tuned.stdout)).toMatchObject({ status: 'finished', trials: { planned: 12, completed: 12 } });
  // The types are there, and say what is wrong.
  writeFileSync(join(folder, 'objective.ts'), OBJECTIVE.replace('context.report(step', 'context.report(String(step)'));
  expect(typeCheck()).toContain('TS2345');
}, 180_000);
