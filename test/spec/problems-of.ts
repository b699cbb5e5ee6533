import { formatIssue, SpaceFileError } from '../../src/errors.js';

/** What reading a space complains about, a line each. */
export function problemsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof SpaceFileError) return error.issues.map(formatIssue);
    throw error;
  }
  return [];
}
