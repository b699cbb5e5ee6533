import { Command } from '@oclif/core';
import { CmlError, formatIssue, type Issue, StorageError } from '../errors.js';
import { jsonPieces } from '../leaderboard/format-json.js';
import { formatBug, formatCmlError, isOclifError, oclifMessage, reportError } from './error-report.js';
import { useColor } from './use-color.js';

/** What all commands share: `--json`, errors with their exit code, notes on stderr, a quiet broken pipe. */
export abstract class BaseCommand extends Command {
  static override enableJsonFlag = true;

  protected override async init(): Promise<void> {
    await super.init();
    // What is said there decides nothing: a full disk or a closed terminal must not end a study.
    process.stderr.on('error', () => {});
    // Oclif's own listener throws what is no broken pipe.
    process.stdout.removeAllListeners('error').on('error', endWithoutOutput);
  }

  /** Exits with the same code with and without `--json`; under it stdout holds the error object and nothing else. */
  protected override async catch(error: unknown): Promise<void> {
    const report = reportError(error);
    const json = this.jsonEnabled();
    if (json) this.logJson({ error: report });
    if (isOclifError(error)) {
      if (!json) {
        error.message = oclifMessage(error);
        throw error;
      }
    } else if (!(error instanceof CmlError)) {
      this.note(formatBug(error, this.config.version, this.issueTracker));
    } else if (!json) {
      this.note(formatCmlError(error));
    }
    if (!json) this.exit(report.exit_code);
    process.exitCode = report.exit_code;
  }

  private get issueTracker(): string | undefined {
    const { bugs } = this.config.pjson;
    return typeof bugs === 'string' ? bugs : bugs?.url;
  }

  /** Exactly the text that `leaderboard.json` holds for the same object. */
  protected override logJson(json: unknown): void {
    for (const piece of jsonPieces(json)) process.stdout.write(piece);
  }

  /** For people who watch: stderr, so that stdout stays for the result. */
  protected note(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  protected warnOf(issues: readonly Issue[]): void {
    for (const issue of issues) this.note(`warning: ${formatIssue(issue)}`);
  }

  /** Whether stdout takes colours. */
  protected get color(): boolean {
    return useColor(process.stdout, process.env);
  }

  /** Characters a line of stdout may have. */
  protected get width(): number {
    return process.stdout.columns ?? 80;
  }
}

/** A reader that went away, or a terminal that was closed, misses the rest; that the result is lost otherwise is said. */
function endWithoutOutput(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE' || error.code === 'EIO') return;
  const lost = new StorageError(`cannot write the output: ${error.message}`, {
    hint: 'What a study found is safe in its run folder: `cml leaderboard` prints it again.',
  });
  process.stderr.write(`${formatCmlError(lost)}\n`);
  process.exit(lost.exitCode);
}
