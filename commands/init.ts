import { join, relative } from 'node:path';
import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../src/cli/base-command.js';
import type { InitResult } from '../src/init/init-space-file.js';

export default class Init extends BaseCommand {
  static override summary = 'Write a space file for a table of data.';
  static override description =
    `Reads the table, guesses the target, and writes a commented <data>.yaml into the current folder:
models with ranges worth searching, a metric, cross-validation. An existing file is never overwritten.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> data.csv',
    {
      description: 'Say what is to be predicted',
      command: '<%= config.bin %> <%= command.id %> customers.parquet --target churn',
    },
  ];
  static override args = {
    data: Args.string({ required: true, description: 'The data: CSV, TSV, JSON, NDJSON or Parquet.' }),
  };
  static override flags = {
    target: Flags.string({ char: 't', description: 'The column to predict. Default: guessed.', helpValue: 'column' }),
  };

  async run(): Promise<InitResult> {
    const { args, flags } = await this.parse(Init);
    const { initSpaceFile } = await import('../src/init/init-space-file.js');
    const { formatInit } = await import('../src/cli/format-init.js');
    const directory = process.cwd();
    const result = await initSpaceFile({
      dataFile: args.data,
      target: flags.target,
      directory,
      schemaFile: join(this.config.root, 'search-spaces', 'schema.json'),
    });
    this.log(formatInit(result, relative(directory, result.file)));
    return result;
  }
}
