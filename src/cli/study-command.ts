import { Flags, type Interfaces } from '@oclif/core';
import { AllTrialsFailedError, InterruptedError } from '../errors.js';
import type { Leaderboard } from '../leaderboard/leaderboard.js';
import type { ResumeOptions, RunResult } from '../runs/tune.js';
import { BaseCommand } from './base-command.js';
import { catchInterrupts } from './interrupts.js';
import { runWord, shownPath } from './shown-path.js';

/** Flags of every command that runs a study. */
export const STUDY_FLAGS = {
  workers: Flags.string({
    char: 'w',
    helpValue: 'auto|N|50%',
    description:
      'How many folds are trained at the same time: a number, or a share of the cores; 0: in this process, for debugging. Default: auto, what the cores and the memory allow.',
  }),
  isolation: Flags.option({ options: ['thread', 'process'] as const })({
    description:
      'Train folds in threads, or in processes of their own. Default: threads, unless a module, a command or budget.memory needs processes.',
  }),
  gpus: Flags.string({
    helpValue: '0,1',
    description: 'The GPUs that tasks with resources.gpus may use. Default: all that the machine has.',
  }),
  quiet: Flags.boolean({ char: 'q', description: 'No progress and no notes; the result is still printed.' }),
  'no-times': Flags.boolean({ description: 'Leave fit and score times out, so that equal runs give equal output.' }),
};

type StudyFlags = Interfaces.InferredFlags<typeof STUDY_FLAGS>;

/** A command that runs a study: progress on stderr, signals that stop it cleanly, the leaderboard on stdout. */
export abstract class StudyCommand extends BaseCommand {
  /**
   * @returns the leaderboard, printed already unless under `--json`.
   * @throws InterruptedError, AllTrialsFailedError, and what the study throws.
   */
  protected async runStudy(
    flags: StudyFlags,
    start: (options: ResumeOptions) => Promise<RunResult>,
  ): Promise<Leaderboard> {
    const { readWorkers } = await import('./worker-flag.js');
    const workers = readWorkers(flags.workers);
    const { createProgress, SILENT_PROGRESS } = await import('./progress/create-progress.js');
    const progress = flags.quiet ? SILENT_PROGRESS : await createProgress(process.stderr, process.env);
    const interrupts = catchInterrupts(() => progress.note('Stopping; the state is saved. Ctrl-C again ends at once.'));
    try {
      const result = await start({
        workers,
        isolation: flags.isolation,
        gpus: flags.gpus?.split(',').filter((device) => device !== ''),
        times: !flags['no-times'],
        reporters: [progress],
        signal: interrupts.signal,
        onNote: (text) => progress.note(text),
      });
      progress.stop();
      return await this.showResult(result, flags);
    } finally {
      progress.stop();
      interrupts.release();
    }
  }

  private async showResult({ state, folder, alreadyFinished }: RunResult, flags: StudyFlags): Promise<Leaderboard> {
    const { buildLeaderboard } = await import('../leaderboard/build-leaderboard.js');
    const { formatOutcome, ROWS_SHOWN } = await import('./format-outcome.js');
    const times = !flags['no-times'];
    const leaderboard = buildLeaderboard(state, { times });
    if (alreadyFinished && !flags.quiet) this.note(`${shownPath(folder)} is finished already; nothing was run.`);
    // Where no trial completed, the error that follows lists the reasons.
    else if (!flags.quiet && leaderboard.trials.completed > 0) await this.noteFailures(state, folder);
    if (!this.jsonEnabled()) {
      const { formatTable } = await import('../leaderboard/format-table.js');
      const { selectRows } = await import('../leaderboard/select-rows.js');
      const top = selectRows(leaderboard, state.settings, { top: ROWS_SHOWN });
      this.log(formatTable(top, state.settings, { times, width: this.width, color: this.color }));
      this.log(formatOutcome(leaderboard, folder, { width: this.width, shown: ROWS_SHOWN }));
    }
    if (state.status === 'interrupted') {
      throw new InterruptedError(`interrupted; the state is saved in ${shownPath(folder)}`, {
        hint: `continue with: cml resume ${runWord(folder)}`,
      });
    }
    if (leaderboard.trials.completed === 0) await this.refuseEmpty(state, folder);
    return leaderboard;
  }

  private async noteFailures(state: RunResult['state'], folder: string): Promise<void> {
    const { failureSummary } = await import('./progress/failure-summary.js');
    for (const line of failureSummary(state.trials, runWord(folder))) this.note(line);
  }

  private async refuseEmpty(state: RunResult['state'], folder: string): Promise<never> {
    const { failureSummary } = await import('./progress/failure-summary.js');
    const [, ...reasons] = failureSummary(state.trials, runWord(folder));
    throw new AllTrialsFailedError('no trial completed', {
      issues: reasons.map((reason) => ({ path: '', message: reason.trim() })),
      hint: `all reasons: cml leaderboard ${runWord(folder)} --columns trial,state,reason`,
    });
  }
}
