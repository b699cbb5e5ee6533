import { type Matrix, TrainerError } from './trainer.js';

/**
 * Checks that every value is a finite number.
 * @param columns names for the message.
 * @throws TrainerError naming the first value that is none.
 */
export function refuseMissing(trainer: string, features: Matrix, columns: readonly string[]): void {
  const { data } = features;
  const length = features.rows * features.columns;
  let poison = 0;
  for (let i = 0; i < length; i++) poison += data[i]! * 0;
  if (poison === 0) return;
  const at = data.findIndex((value) => !Number.isFinite(value));
  const column = columns[at % features.columns] ?? String(at % features.columns);
  const missing = Number.isNaN(data[at]);
  throw new TrainerError(
    trainer,
    `takes finite numbers only, got ${missing ? 'a missing value' : data[at]} in column ${column}` +
      (missing ? '; set preprocess.impute to mean, median or most_frequent' : ''),
  );
}
