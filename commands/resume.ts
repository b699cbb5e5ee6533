import { Args } from '@oclif/core';
import { STUDY_FLAGS, StudyCommand } from '../src/cli/study-command.js';
import type { Leaderboard } from '../src/leaderboard/leaderboard.js';

export default class Resume extends StudyCommand {
  static override summary = 'Continue a run that was interrupted or killed.';
  static override description =
    'The journal in the run folder says what was done; the result is the same as without the interruption. A finished run is printed.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> runs/iris',
    {
      description: 'By name, with another number of workers',
      command: '<%= config.bin %> <%= command.id %> iris --workers 4',
    },
  ];
  static override args = {
    run: Args.string({ required: true, description: 'The folder of a run, or its name under runs/.' }),
  };
  static override flags = { ...STUDY_FLAGS };

  async run(): Promise<Leaderboard> {
    const { args, flags } = await this.parse(Resume);
    const { requireRun } = await import('../src/cli/require-run.js');
    requireRun(args.run);
    const { resume } = await import('../src/runs/tune.js');
    return await this.runStudy(flags, (options) => resume(args.run, options));
  }
}
