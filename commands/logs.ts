import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../src/cli/base-command.js';
import { parseTrialNumber } from '../src/cli/parse-trial-number.js';
import type { TrialOutput } from '../src/cli/trial-output.js';

export default class Logs extends BaseCommand {
  static override summary = 'Print what a module or command printed in a trial.';
  static override description =
    `Fold by fold, what it wrote to stdout and to stderr, as it was; also while the study runs, and of trials that failed.
Where there are several logs, a line on stderr stands before each. Built-in trainers print nothing.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> runs/mine 17',
    { description: 'Only the errors', command: '<%= config.bin %> <%= command.id %> mine 17 --stderr' },
  ];
  static override args = {
    run: Args.string({ required: true, description: 'The folder of a run, or its name under runs/.' }),
    trial: Args.custom<number>({ parse: async (text) => parseTrialNumber(text) })({
      required: true,
      description: 'The number of the trial, from 0.',
    }),
  };
  static override flags = {
    stdout: Flags.boolean({ description: 'Only what was written to stdout.', exclusive: ['stderr'] }),
    stderr: Flags.boolean({ description: 'Only what was written to stderr.', exclusive: ['stdout'] }),
  };

  async run(): Promise<TrialOutput> {
    const { args, flags } = await this.parse(Logs);
    const { requireRun } = await import('../src/cli/require-run.js');
    requireRun(args.run);
    const { readRun } = await import('../src/runs/read-run.js');
    const { logHeading, readTrialOutput } = await import('../src/cli/trial-output.js');
    const run = await readRun(args.run);
    const streams = (['stdout', 'stderr'] as const).filter((stream) => flags[stream] || flags.stdout === flags.stderr);
    const { output, logs, silence } = await readTrialOutput(run, args.trial, streams);
    if (silence !== undefined) this.note(silence);
    if (this.jsonEnabled()) return output;
    const parts = logs.flatMap((log) =>
      streams.flatMap((stream) => (log[stream] === undefined ? [] : [{ fold: log.fold, stream, bytes: log[stream] }])),
    );
    for (const { fold, stream, bytes } of parts) {
      if (parts.length > 1) this.note(logHeading(fold, stream, run.state.settings.foldCount));
      this.write(bytes);
    }
    return output;
  }

  /** The next heading begins a line of its own. */
  private write(bytes: Buffer): void {
    process.stdout.write(bytes);
    if (bytes.at(-1) !== LINE_FEED) process.stdout.write('\n');
  }
}

const LINE_FEED = 10;
