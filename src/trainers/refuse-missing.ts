import { type Matrix, TrainerError } from './trainer.js';

/**
 * Checks that every value is a finite number.
 * @param columns names for the message.
 * @throws TrainerError naming the first value that is none.
 */
export function refuseMissing(trainer: string, features: Matrix, columns: readonly string[]): void {
  const { data } = features;
  const length = features.rows * features.columns;
  // Two sums, so that an addition need not wait for the one before.
  let even = 0;
  let odd = 0;
  for (let i = 1; i < length; i += 2) {
    even += data[i - 1]! * 0;
    odd += data[i]! * 0;
  }
  if (length % 2 === 1) even += data[length - 1]! * 0;
  if (even + odd === 0) return;
  const at = data.findIndex((value) => !Number.isFinite(value));
  const column = columns[at % features.columns] ?? String(at % features.columns);
  const missing = Number.isNaN(data[at]);
  throw new TrainerError(
    trainer,
    `takes finite numbers only, got ${missing ? 'a missing value' : data[at]} in column ${column}` +
      (missing ? '; set preprocess.impute to mean, median or most_frequent' : ''),
  );
}
