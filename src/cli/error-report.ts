import { CmlError, formatIssue } from '../errors.js';
import { wrapText } from '../wrap-text.js';

/** What stands under `error` when a command fails under `--json`. Fields are only ever added. */
export interface ErrorReport {
  readonly name: string;
  readonly message: string;
  readonly exit_code: number;
  readonly hint: string | null;
  readonly issues: readonly {
    readonly path: string;
    readonly file: string | null;
    readonly line: number | null;
    readonly column: number | null;
    /** Of a table in a format without lines. */
    readonly row: number | null;
    readonly message: string;
  }[];
}

/** How oclif marks an error of its own: wrong arguments or flags, or a command that ended itself. */
interface OclifError extends Error {
  readonly oclif: { readonly exit?: number | false };
}

export function isOclifError(error: unknown): error is OclifError {
  return error instanceof Error && 'oclif' in error;
}

/** A terminal shows no more at once. */
const MOST_ISSUES_SHOWN = 50;

const HINT_WIDTH = 80;

/** The last line of oclif's parse errors; here it becomes the hint. */
const OCLIF_HINT = /\s*\nSee more help with --help\s*$/;

/** oclif takes a flag that may be repeated for one that takes several values at once; ours take one each. */
const OCLIF_NOTE = /\n\nNote: --.* allows? multiple values\..*\nAlternatively, you can use "--".*/;

/** What an error of oclif says, without advice that is wrong here. */
export function oclifMessage(error: Error): string {
  return error.message.replace(OCLIF_NOTE, '');
}

/** Any error as data; one that is neither the user's nor oclif's is a bug and exits 1. */
export function reportError(error: unknown): ErrorReport {
  if (error instanceof CmlError) {
    return {
      name: error.name,
      message: error.message,
      exit_code: error.exitCode,
      hint: error.hint ?? null,
      issues: error.issues.map(({ path, message, file, line, column, row }) => ({
        path,
        file: file ?? null,
        line: line ?? null,
        column: column ?? null,
        row: row ?? null,
        message,
      })),
    };
  }
  if (isOclifError(error)) {
    const exit = error.oclif.exit;
    return {
      name: 'UsageError',
      message: withoutColor(oclifMessage(error).replace(OCLIF_HINT, '')),
      exit_code: typeof exit === 'number' ? exit : 2,
      hint: 'see more help with --help',
      issues: [],
    };
  }
  const bug = error instanceof Error ? error : new Error(String(error));
  return { name: bug.name, message: bug.message, exit_code: 1, hint: null, issues: [] };
}

/** The text for people: the message, a line an issue unless the message is the only one, the hint. */
export function formatCmlError({ message, issues, hint }: CmlError): string {
  const lines = [message];
  const texts = issues.map(formatIssue);
  if (texts.length !== 1 || texts[0] !== message) {
    lines.push(...texts.slice(0, MOST_ISSUES_SHOWN).map((text) => `  ${text}`));
    if (texts.length > MOST_ISSUES_SHOWN) lines.push(`  … these are the first ${MOST_ISSUES_SHOWN}`);
  }
  // A command stays on one line, so that it can be copied.
  if (hint !== undefined) lines.push(...(hint.includes('cml ') ? [hint] : wrapText(hint, HINT_WIDTH)));
  return lines.join('\n');
}

/**
 * The text for what must not happen: the stack, and what to report.
 * @param tracker where to; undefined where nobody knows.
 */
export function formatBug(error: unknown, version: string, tracker: string | undefined): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const program = `concurrent-ml ${version}, Node ${process.version}, ${process.platform} ${process.arch}`;
  const where = tracker === undefined ? '' : ` to ${tracker}`;
  return [
    stack,
    '',
    `This is a bug in concurrent-ml, not in your files (${program}).`,
    `Please report it${where} with all of the above, the command, the space file and, if you may, the data.`,
  ].join('\n');
}

function withoutColor(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colour is a control sequence
  return text.replace(/\u001b\[[0-9;]*m/g, '');
}
