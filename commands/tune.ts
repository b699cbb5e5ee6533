import { Args, Flags } from '@oclif/core';
import { parseOverrides } from '../src/cli/parse-overrides.js';
import { STUDY_FLAGS, StudyCommand } from '../src/cli/study-command.js';
import type { Leaderboard } from '../src/leaderboard/leaderboard.js';
import type { Override } from '../src/spec/apply-overrides.js';

export default class Tune extends StudyCommand {
  static override summary = 'Search for the best model and parameters, as a space file says.';
  static override description =
    `Proposes trials, cross-validates each on a pool of workers, and writes a leaderboard to runs/<name>/.
The same space file gives the same leaderboard on any number of workers. A folder that holds an unfinished run of the same file is continued; Ctrl-C stops cleanly.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> space.yaml',
    {
      description: 'A first try with few trials',
      command: '<%= config.bin %> <%= command.id %> space.yaml --trials 6',
    },
    {
      description: 'Change any key of the file',
      command: '<%= config.bin %> <%= command.id %> space.yaml --set evaluation.cv.folds=10 --set budget.wall=10m',
    },
    {
      description: 'In CI: the leaderboard as JSON, the same from run to run',
      command: '<%= config.bin %> <%= command.id %> space.yaml --json --no-times > leaderboard.json',
    },
  ];
  static override args = {
    space: Args.string({ required: true, description: 'The space file. `cml init data.csv` writes one.' }),
  };
  static override flags = {
    trials: Flags.integer({ char: 'n', min: 1, description: 'How many trials (search.trials).' }),
    method: Flags.string({
      char: 'm',
      description: 'How to search: grid, random, sobol, bayes, tpe, gp or cma-es (search.method).',
    }),
    seed: Flags.integer({ description: 'The seed of everything random (seed).' }),
    set: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'path=value',
      description: 'Set any key of the space file; may be given several times.',
    }),
    out: Flags.string({ char: 'o', description: 'The run folder. Default: runs/<name>.', helpValue: 'DIR' }),
    force: Flags.boolean({ description: 'Start anew where the folder holds a run; the old folder is kept as DIR.1.' }),
    ...STUDY_FLAGS,
  };

  async run(): Promise<Leaderboard> {
    const { args, flags } = await this.parse(Tune);
    const { requireSpaceFile } = await import('../src/cli/require-space-file.js');
    requireSpaceFile(args.space);
    const { loadSpec } = await import('../src/spec/load-spec.js');
    const overrides: Override[] = [...parseOverrides(flags.set ?? [])];
    const set = (flag: string, path: string, value: unknown) => {
      if (value !== undefined) overrides.push({ path, value: String(value), origin: `--${flag}` });
    };
    set('trials', 'search.trials', flags.trials);
    set('method', 'search.method', flags.method);
    set('seed', 'seed', flags.seed);
    const { spec, warnings } = await loadSpec(args.space, overrides);
    if (!flags.quiet) this.warnOf(warnings);
    const { tune } = await import('../src/runs/tune.js');
    const { out, force } = flags;
    return await this.runStudy(flags, (options) => tune(spec, { ...options, out, force }));
  }
}
