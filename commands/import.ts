import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../src/cli/base-command.js';
import type { ImportResult } from '../src/import/import-file.js';

export default class Import extends BaseCommand {
  static override summary = 'Turn a sweep of another tool into a space file.';
  static override description =
    `Reads a W&B sweep, a Katib experiment, an NNI configuration or search space, an Optuna study or its distributions, or
an Oríon experiment, YAML or JSON. What cannot be carried over as it was is said line by line on stderr and in the file.
An existing file is never overwritten.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> sweep.yaml',
    {
      description: 'A study without a command line of its own',
      command: `<%= config.bin %> <%= command.id %> study.json --out mine.yaml --command 'python3 train.py'`,
    },
  ];
  static override args = {
    file: Args.string({ required: true, description: 'The file of the other tool.' }),
  };
  static override flags = {
    out: Flags.string({ char: 'o', default: 'space.yaml', helpValue: 'FILE', description: 'The space file to write.' }),
    from: Flags.option({ options: ['wandb', 'katib', 'nni', 'optuna', 'orion'] as const })({
      description: 'The tool that the file is of. Default: recognised by what it holds.',
    }),
    command: Flags.string({
      helpValue: 'program',
      description:
        'What to run, in place of what the file says; the parameters follow as --name=value, unless {name} stands in it.',
    }),
  };

  async run(): Promise<ImportResult> {
    const { args, flags } = await this.parse(Import);
    const { importFile } = await import('../src/import/import-file.js');
    const { formatImport } = await import('../src/cli/format-import.js');
    const result = await importFile({ ...args, ...flags, directory: process.cwd() });
    this.warnOf(result.notes);
    this.log(formatImport(result, this.textWidth));
    return result;
  }
}
