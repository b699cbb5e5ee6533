import { DataError, formatIssue } from '../errors.js';
import { visibleText } from '../visible-text.js';

/** Where in a data file something is wrong. */
export interface DataPlace {
  /** Path of the file. */
  readonly file: string;
  /** Name of the table's column. */
  readonly name?: string;
  /** 1-based line, for formats that have lines. */
  readonly line?: number;
  /** 1-based character in that line. */
  readonly column?: number;
  /** 1-based row, for formats that have no lines. */
  readonly row?: number;
}

/**
 * One problem in a data file, as an error.
 * @param rule what rule was broken, with the value that broke it.
 * @param remedy what the user can do.
 */
export function dataProblem({ name, ...place }: DataPlace, rule: string, remedy: string): DataError {
  const path = name === undefined ? '' : `column '${shorten(name)}'`;
  const issue = { path, message: visibleText(rule), ...place };
  return new DataError(formatIssue(issue), { hint: remedy, issues: [issue] });
}

/** A cell or a name as it may stand in a message: at most 40 characters. */
export function shorten(text: string): string {
  return visibleText(text.length <= 40 ? text : `${text.slice(0, 39)}…`);
}

/** `a, b, c and 4 more`. */
export function listNames(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).map(shorten).join(', ');
  return names.length <= most ? shown : `${shown} and ${names.length - most} more`;
}
