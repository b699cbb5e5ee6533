import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../src/cli/base-command.js';
import type { AddedTrial } from '../src/runs/add-trial.js';

export default class AddTrial extends BaseCommand {
  static override summary = 'Add a configuration of your own to a run.';
  static override description =
    `The next cml resume or cml tune runs it before anything else, also in a run that is finished: it is one trial more than
search.trials says, and the trials that the search proposes stay the same in number. What is not given is filled in as in
search.initial: with a parameter's default, else with the middle of its range.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> runs/iris --param model=svm --param svm.C=10',
    { description: 'And run it', command: '<%= config.bin %> resume iris' },
  ];
  static override args = {
    run: Args.string({ required: true, description: 'The folder of a run, or its name under runs/.' }),
  };
  static override flags = {
    param: Flags.string({
      char: 'p',
      multiple: true,
      multipleNonGreedy: true,
      required: true,
      helpValue: 'name=value',
      description: 'A parameter by its full name, as the leaderboard has it; may be given again.',
    }),
  };

  async run(): Promise<AddedTrial> {
    const { args, flags } = await this.parse(AddTrial);
    const { requireRun } = await import('../src/cli/require-run.js');
    const { parseParams } = await import('../src/cli/parse-params.js');
    const { formatAdded } = await import('../src/cli/format-added.js');
    requireRun(args.run);
    const { addTrial } = await import('../src/runs/add-trial.js');
    const added = await addTrial(args.run, parseParams(flags.param));
    this.log(formatAdded(added, this.textWidth));
    return added;
  }
}
