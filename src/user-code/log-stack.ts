import { Buffer } from 'node:buffer';
import { inspect } from 'node:util';
import type { OutputLog } from './output-log.js';

/** Writes where an error of a user's code came from, with what caused it; of what is no error the reason says all. */
export function logStack(log: OutputLog, thrown: unknown): void {
  if (!(thrown instanceof Error)) return;
  log.write(Buffer.from(`${stackOf(thrown)}\n`));
}

/** What a user throws may have getters that throw in their turn. */
function stackOf(error: Error): string {
  try {
    return inspect(error);
  } catch {
    return 'an error that cannot be shown';
  }
}
