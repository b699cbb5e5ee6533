import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../src/cli/base-command.js';
import { UsageError } from '../src/errors.js';
import type { Leaderboard as LeaderboardResult } from '../src/leaderboard/leaderboard.js';
import type { StoredRun } from '../src/runs/read-run.js';

export default class Leaderboard extends BaseCommand {
  static override summary = 'Print the leaderboard of a run, also while it is running.';
  static override description =
    'Completed trials by score, then the others with the reason; `dummy` is the baseline that ignores the features.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> runs/iris',
    {
      description: 'The five best for the summary of a CI job',
      command: '<%= config.bin %> <%= command.id %> iris -f markdown --top 5 >> "$GITHUB_STEP_SUMMARY"',
    },
    {
      description: 'Why trials failed',
      command: '<%= config.bin %> <%= command.id %> iris --columns trial,state,reason --sort state',
    },
    {
      description: 'The winner as a space file without a search',
      command: '<%= config.bin %> <%= command.id %> iris --best > best.yaml',
    },
  ];
  static override args = {
    run: Args.string({ required: true, description: 'The folder of a run, or its name under runs/.' }),
  };
  static override flags = {
    format: Flags.string({
      char: 'f',
      options: ['table', 'csv', 'json', 'markdown'] as const,
      default: 'table',
      description: 'How to print it; `json` is the same as --json.',
    }),
    top: Flags.integer({ char: 't', min: 1, description: 'Only the first trials; the baseline stays beside them.' }),
    sort: Flags.string({
      helpValue: 'column[:asc|:desc]',
      description:
        'Order by a column of the CSV instead of the ranking: scores best first, all else ascending, for example fit_seconds:desc.',
    }),
    columns: Flags.string({
      delimiter: ',',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'name,name',
      description: 'Columns of the CSV to print, in this order; `params` stands for all parameters. Not for JSON.',
    }),
    best: Flags.boolean({
      description: 'Print a space file instead, with the model and the parameters of the winner and nothing to search.',
    }),
    'no-times': Flags.boolean({ description: 'Leave fit and score times out.' }),
  };

  async run(): Promise<LeaderboardResult | object> {
    const { args, flags } = await this.parse(Leaderboard);
    const json = this.jsonEnabled() || flags.format === 'json';
    if (json && flags.columns !== undefined) {
      throw new UsageError('--columns: JSON has every field', {
        hint: 'leave --columns out, or print another format: --format csv',
      });
    }
    if (
      flags.best &&
      (flags.format !== 'table' || flags.top !== undefined || flags.sort !== undefined || flags.columns !== undefined)
    ) {
      throw new UsageError(
        '--best: prints a space file; --format, --top, --sort and --columns are for the leaderboard',
      );
    }
    const { requireRun } = await import('../src/cli/require-run.js');
    requireRun(args.run);
    const { readRun } = await import('../src/runs/read-run.js');
    const run = await readRun(args.run);
    if (flags.best) return await this.showBest(run);
    const { buildLeaderboard } = await import('../src/leaderboard/build-leaderboard.js');
    const { selectRows } = await import('../src/leaderboard/select-rows.js');
    const { settings } = run.state;
    const times = !flags['no-times'];
    const whole = buildLeaderboard(run.state, { times });
    const leaderboard = selectRows(whole, settings, flags);
    if (this.jsonEnabled()) return leaderboard;
    const options = { columns: flags.columns, times };
    switch (flags.format) {
      case 'json':
        this.logJson(leaderboard);
        break;
      case 'csv': {
        const { csvPieces } = await import('../src/leaderboard/format-csv.js');
        for (const piece of csvPieces(leaderboard.rows, settings, options)) process.stdout.write(piece);
        break;
      }
      case 'markdown': {
        const { formatMarkdown } = await import('../src/leaderboard/format-markdown.js');
        process.stdout.write(formatMarkdown(leaderboard, settings, options));
        break;
      }
      case 'table': {
        const { formatTable } = await import('../src/leaderboard/format-table.js');
        const { formatOutcome, formatStatus } = await import('../src/cli/format-outcome.js');
        this.log(formatTable(leaderboard, settings, { ...options, width: this.width, color: this.color }));
        this.log(formatOutcome(whole, run.folder, { width: this.width }));
        const status = formatStatus(whole, run.folder);
        if (status !== undefined) this.log(status);
      }
    }
    return leaderboard;
  }

  private async showBest(run: StoredRun): Promise<object> {
    const { bestSpace, spaceText } = await import('../src/cli/best-space.js');
    const space = bestSpace(run, process.cwd());
    this.log(spaceText(space));
    return space;
  }
}
