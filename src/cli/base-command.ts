import { Command } from '@oclif/core';
import { CmlError, formatIssue, type Issue } from '../errors.js';
import { jsonPieces } from '../leaderboard/format-json.js';
import { formatBug, formatCmlError, isOclifError, oclifMessage, reportError } from './error-report.js';
import { lineWidth } from './line-width.js';
import { unknownFlags } from './unknown-flags.js';
import { useColor } from './use-color.js';

const LONGEST_SENTENCE_LINE = 100;

/** What all commands share: `--json`, errors with their exit code, notes on stderr, a quiet broken pipe. */
export abstract class BaseCommand extends Command {
  static override enableJsonFlag = true;

  protected override async init(): Promise<void> {
    await super.init();
    // What is said there decides nothing: a full disk or a closed terminal must not end a study.
    process.stderr.on('error', () => {});
  }

  /** Exits with the same code with and without `--json`; under it stdout holds the error object and nothing else. */
  protected override async catch(thrown: unknown): Promise<void> {
    const error = unknownFlags(thrown, this.ctor, this.config.bin) ?? thrown;
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

  /** Characters a line of a table on stdout may have. */
  protected get width(): number {
    return lineWidth(process.stdout, process.env);
  }

  /** The same for sentences, which long lines make hard to read. */
  protected get textWidth(): number {
    return Math.min(this.width, LONGEST_SENTENCE_LINE);
  }
}
