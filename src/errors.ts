import { basename, isAbsolute } from 'node:path';

/** One problem in a user's input, at its place. */
export interface Issue {
  /** Dotted path of the key, `models.svm.parameters.C`, or the column, `column 'age'`. Empty for the whole input. */
  readonly path: string;
  /** What rule was broken, with the value that broke it and what to do. */
  readonly message: string;
  /** The file in which it stands: as the user named it, or its absolute path. */
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based. */
  readonly column?: number;
  /** 1-based row of a table, for formats that have no lines. */
  readonly row?: number;
}

/**
 * `models.svm.parameters.C: min must be <= max, got min 9, max 3 (space.yaml:12:5)`, without what is not known. Of an
 * absolute path the last part is shown.
 */
export function formatIssue({ path, message, file, line, column, row }: Issue): string {
  const position = [file === undefined ? undefined : shortFile(file), line, column]
    .filter((part) => part !== undefined)
    .join(':');
  const place = [position, row === undefined ? '' : `row ${row}`].filter((part) => part !== '').join(', ');
  return `${path === '' ? '' : `${path}: `}${message}${place === '' ? '' : ` (${place})`}`;
}

/**
 * The message of an error that has issues: the problem itself where there is one, else `space.yaml has 3 problems`; the
 * issues say which.
 * @param name the file as the user would name it. @param omitted how many more there are than issues.
 */
export function issuesHeadline(name: string, issues: readonly Issue[], omitted = 0): string {
  return issues.length === 1 && omitted === 0
    ? formatIssue(issues[0]!)
    : `${shortFile(name)} has ${issues.length + omitted} problems`;
}

function shortFile(file: string): string {
  return isAbsolute(file) ? basename(file) : file;
}

export interface CmlErrorOptions {
  /** What the user can do about it, one line. */
  readonly hint?: string;
  readonly issues?: readonly Issue[];
  readonly cause?: unknown;
}

/** An error the user can act on. Anything else that is thrown is a bug of ours (exit 1, with its stack). */
export abstract class CmlError extends Error {
  abstract readonly exitCode: number;
  readonly hint: string | undefined;
  readonly issues: readonly Issue[];

  constructor(message: string, options: CmlErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.hint = options.hint;
    this.issues = options.issues ?? [];
  }
}

/** Wrong arguments or flags. */
export class UsageError extends CmlError {
  readonly exitCode = 2;
}

/** The space file (or a spec object) breaks a rule. */
export class SpaceFileError extends CmlError {
  readonly exitCode = 3;
}

/**
 * Every issue of a space file as one error, in the order of their places.
 * @param name the file as the user would name it. @param omitted how many more there are than issues.
 */
export function spaceFileError(name: string, issues: readonly Issue[], omitted = 0): SpaceFileError {
  const ordered = [...issues].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  return new SpaceFileError(issuesHeadline(name, ordered, omitted), {
    issues: ordered,
    ...(omitted > 0 && { hint: `the first ${ordered.length} are listed` }),
  });
}

/** The data cannot be used as they are. */
export class DataError extends CmlError {
  readonly exitCode = 4;
}

/** The journal or the run folder cannot be read, written or continued. */
export class StorageError extends CmlError {
  readonly exitCode = 5;
}

/** No trial completed. */
export class AllTrialsFailedError extends CmlError {
  readonly exitCode = 6;
}

/** Stopped by the user; the state is saved. */
export class InterruptedError extends CmlError {
  readonly exitCode = 130;
}
