import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interleave, printTable, timeProcess } from './measure.js';

/** Benches are npm scripts: they run in the project's folder. */
const ROOT = process.cwd();

/** An oclif program with one command that does nothing, with a manifest: the least that oclif costs. */
function writeEmptyProgram(folder: string): string {
  mkdirSync(join(folder, 'commands'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({
      name: 'empty',
      version: '0.0.0',
      type: 'module',
      files: ['commands'],
      oclif: { bin: 'empty', commands: './commands' },
    }),
  );
  writeFileSync(
    join(folder, 'commands/nothing.js'),
    "import { Command } from '@oclif/core';\nexport default class Nothing extends Command { async run() {} }\n",
  );
  writeFileSync(
    join(folder, 'run.js'),
    "import { execute } from '@oclif/core';\nawait execute({ dir: import.meta.url });\n",
  );
  timeProcess(process.execPath, [join(ROOT, 'node_modules/oclif/bin/run.js'), 'manifest'], folder);
  return join(folder, 'run.js');
}

/** Whole processes: bare node, an empty oclif command, and ours that should cost no more. */
export function benchStartUp(): void {
  const folder = mkdtempSync(join(tmpdir(), 'cml-bench-'));
  try {
    const empty = writeEmptyProgram(folder);
    const cml = join(ROOT, 'bin/run.js');
    const run =
      (...args: string[]) =>
      () =>
        timeProcess(process.execPath, args, ROOT);
    const times = interleave(9, {
      'bare node': run('-e', ''),
      'empty oclif command': run(empty, 'nothing'),
      'cml --version': run(cml, '--version'),
      'cml tune --help': run(cml, 'tune', '--help'),
    });
    const base = times['empty oclif command'];
    printTable(
      'Start-up (median of 9 processes)',
      ['command', 'ms', 'x empty oclif'],
      Object.entries(times).map(([name, ms]) => [name, ms.toFixed(0), (ms / base).toFixed(2)]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
