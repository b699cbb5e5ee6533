import { UsageError } from '../errors.js';

/** @throws UsageError for what cannot be the number of a trial. */
export function parseTrialNumber(text: string): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(number)) return number;
  throw new UsageError(`TRIAL must be a whole number from 0, got ${text}`, {
    hint: '`cml leaderboard` shows the numbers of the trials',
  });
}
