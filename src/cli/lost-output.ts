import { StorageError } from '../errors.js';
import { formatCmlError } from './error-report.js';

/** Ends the process after an error of stdout: a result that nobody can read is said, with how to get it back. */
export function endWithoutOutput(error: Error): void {
  const lost = new StorageError(`cannot write the output: ${error.message}`, {
    hint: 'What a study found is safe in its run folder: `cml leaderboard` prints it again.',
  });
  process.stderr.write(`${formatCmlError(lost)}\n`);
  process.exit(lost.exitCode);
}
