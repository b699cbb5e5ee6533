import { join, relative, resolve } from 'node:path';
import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../src/cli/base-command.js';
import { UsageError } from '../src/errors.js';
import type { ModuleInitResult } from '../src/init/init-module.js';
import type { InitResult } from '../src/init/init-space-file.js';

export default class Init extends BaseCommand {
  static override summary = 'Write a space file for a table of data.';
  static override description =
    `Reads the table, guesses the target, and writes a commented <data>.yaml into the current folder:
models with ranges worth searching, a metric, cross-validation. An existing file is never overwritten.
With --module it also writes a commented module of your own to fill in, <data>.mjs with a trainer, and without data
objective.mjs with a function that is tuned; both run as they are.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> data.csv',
    {
      description: 'Say what is to be predicted',
      command: '<%= config.bin %> <%= command.id %> customers.parquet --target churn',
    },
    { description: 'Tune a function of your own', command: '<%= config.bin %> <%= command.id %> --module' },
  ];
  static override args = {
    data: Args.string({ description: 'The data: CSV, TSV, JSON, NDJSON or Parquet. Needed, but for --module.' }),
  };
  static override flags = {
    target: Flags.string({ char: 't', description: 'The column to predict. Default: guessed.', helpValue: 'column' }),
    module: Flags.boolean({
      char: 'm',
      description:
        'Write a module of your own beside the space file: a trainer, or an objective where there are no data.',
    }),
    out: Flags.string({
      char: 'o',
      description: 'The space file to write. Default: <data>.yaml in the current folder (objective.yaml without data).',
      helpValue: 'FILE',
    }),
  };

  async run(): Promise<InitResult | ModuleInitResult> {
    const { args, flags } = await this.parse(Init);
    const out = flags.out === undefined ? undefined : resolve(flags.out);
    const schemaFile = join(this.config.root, 'search-spaces', 'schema.json');
    if (args.data === undefined) return await this.initObjective(flags, out, schemaFile);
    const { initSpaceFile } = await import('../src/init/init-space-file.js');
    const { formatInit } = await import('../src/cli/format-init.js');
    const directory = process.cwd();
    const result = await initSpaceFile({
      dataFile: args.data,
      target: flags.target,
      directory,
      out,
      schemaFile,
      module: flags.module,
    });
    this.log(formatInit(result, relative(directory, result.file)));
    return result;
  }

  private async initObjective(
    flags: { readonly module: boolean; readonly target: string | undefined },
    out: string | undefined,
    schemaFile: string,
  ): Promise<ModuleInitResult> {
    if (!flags.module) {
      throw new UsageError('Missing 1 required arg: data', {
        hint: 'cml init data.csv writes a space file for a table, cml init --module one for a function of your own',
      });
    }
    if (flags.target !== undefined) throw new UsageError('--target: is a column of the data; name the data too');
    const { initModule } = await import('../src/init/init-module.js');
    const { formatModuleInit } = await import('../src/cli/format-init.js');
    const result = await initModule({ file: out ?? resolve('objective.yaml'), schemaFile });
    this.log(formatModuleInit(result));
    return result;
  }
}
