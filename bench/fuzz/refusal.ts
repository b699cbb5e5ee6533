import assert from 'node:assert/strict';
import { type CmlError, formatIssue } from '../../src/errors.js';

/** Not of our words: what JavaScript says of its own mistakes, and what it makes of objects in a text. */
const FOREIGN =
  /\bundefined\b|\[object|Cannot (read|destructure|convert)|is not (a function|iterable|defined)|\n\s+at /;
/** A message that nobody reads to its end. */
const MOST_CHARACTERS = 20_000;

/**
 * Whatever an attempt throws must be of the kind that a user can act on, with every problem in words.
 * @returns what it gave; undefined when it was refused.
 */
export async function acceptOrRefuse<T>(
  attempt: () => T | Promise<T>,
  kind: abstract new (...args: never[]) => CmlError,
): Promise<T | undefined> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof kind)) throw error;
    const printed = [error.message, ...error.issues.map(formatIssue), error.hint ?? ''].join('\n');
    assert.notEqual(error.message.trim(), '');
    assert.doesNotMatch(printed, FOREIGN);
    assert.ok(printed.length <= MOST_CHARACTERS, `a message of ${printed.length} characters`);
    return undefined;
  }
}
