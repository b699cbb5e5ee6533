import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../src/cli/base-command.js';
import type { Leaderboard as LeaderboardResult } from '../src/leaderboard/leaderboard.js';

export default class Leaderboard extends BaseCommand {
  static override summary = 'Print the leaderboard of a run, also while it is running.';
  static override description =
    'Completed trials by score, then the others with the reason; `dummy` is the baseline that ignores the features.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> runs/iris',
    {
      description: 'The five best for the summary of a CI job',
      command: '<%= config.bin %> <%= command.id %> iris --format markdown --top 5 >> "$GITHUB_STEP_SUMMARY"',
    },
    {
      description: 'Why trials failed',
      command: '<%= config.bin %> <%= command.id %> iris --columns trial,state,reason --sort state',
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
      helpValue: 'column[:desc]',
      description: 'Order by a column of the CSV instead of the ranking, for example fit_seconds:desc.',
    }),
    columns: Flags.string({
      delimiter: ',',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'name,…',
      description: 'Columns of the CSV to print, in this order; `params` stands for all parameters. Not for JSON.',
    }),
    'no-times': Flags.boolean({ description: 'Leave fit and score times out.' }),
  };

  async run(): Promise<LeaderboardResult> {
    const { args, flags } = await this.parse(Leaderboard);
    const { readRun } = await import('../src/runs/read-run.js');
    const { buildLeaderboard } = await import('../src/leaderboard/build-leaderboard.js');
    const { selectRows } = await import('../src/leaderboard/select-rows.js');
    const { state } = await readRun(args.run);
    const { settings } = state;
    const times = !flags['no-times'];
    const leaderboard = selectRows(buildLeaderboard(state, { times }), settings, flags);
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
        this.log(formatTable(leaderboard, settings, { ...options, width: this.width, color: this.color }));
      }
    }
    return leaderboard;
  }
}
