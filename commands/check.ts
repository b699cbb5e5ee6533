import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../src/cli/base-command.js';
import type { StudyDescription } from '../src/cli/check/study-description.js';
import { parseOverrides } from '../src/cli/parse-overrides.js';
import { formatIssue } from '../src/errors.js';
import type { PreparedStudy } from '../src/runs/prepare-study.js';

/** From then on a user wants to know what takes so long. */
const SLOW_MS = 1000;

export default class Check extends BaseCommand {
  static override summary = 'Explain a space file without running it, and report every problem in it.';
  static override description =
    `Shows the data, the models with their active parameters, the size of the space and the share of it
that constraints rule out, how many fits there will be, and about how long they take: a few folds of each model are timed.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> space.yaml',
    {
      description: 'What a change would mean',
      command: '<%= config.bin %> <%= command.id %> space.yaml --set search.method=grid',
    },
  ];
  static override args = { space: Args.string({ required: true, description: 'The space file.' }) };
  static override flags = {
    set: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'path=value',
      description: 'Set any key of the space file; may be given several times.',
    }),
    workers: Flags.integer({ char: 'w', min: 1, description: 'Estimate the time for this many workers.' }),
  };

  async run(): Promise<StudyDescription> {
    const { args, flags } = await this.parse(Check);
    const { requireSpaceFile } = await import('../src/cli/require-space-file.js');
    requireSpaceFile(args.space);
    const { loadSpec } = await import('../src/spec/load-spec.js');
    const { spec, warnings } = await loadSpec(args.space, parseOverrides(flags.set ?? []));
    const { prepareStudy } = await import('../src/runs/prepare-study.js');
    const study = await prepareStudy(spec);
    const description = await this.describe(study, flags.workers, warnings.map(formatIssue));
    const { formatDescription } = await import('../src/cli/check/format-description.js');
    this.log(formatDescription(description, this.textWidth));
    return description;
  }
  private async describe(
    study: PreparedStudy,
    workers: number | undefined,
    warnings: readonly string[],
  ): Promise<StudyDescription> {
    const { describeStudy } = await import('../src/cli/check/describe-study.js');
    const { catchInterrupts } = await import('../src/cli/interrupts.js');
    const interrupts = catchInterrupts(() => this.note('Stopping. Ctrl-C again ends at once.'));
    const slow = setTimeout(() => this.note('Timing a few folds of each model, at most 30 s each …'), SLOW_MS);
    try {
      return await describeStudy(study, { workers, warnings, signal: interrupts.signal });
    } finally {
      clearTimeout(slow);
      interrupts.release();
    }
  }
}
