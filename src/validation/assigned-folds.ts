import type { Fold } from './splitter.js';

/**
 * One fold per number: its rows test, all others train.
 *
 * @param rows ascending. @param assignment the number of the fold in which a row tests, 0 … folds - 1, length rows.
 */
export function assignedFolds(rows: Int32Array, assignment: Int32Array, folds: number): Fold[] {
  const sizes = new Int32Array(folds);
  for (let position = 0; position < rows.length; position++) sizes[assignment[position]!]!++;
  return Array.from(sizes, (size, fold) => partition(rows, size, (position) => assignment[position] === fold));
}

/** @param rows ascending. @param testSize how many positions are `inTest`. */
export function partition(rows: Int32Array, testSize: number, inTest: (position: number) => boolean): Fold {
  const test = new Int32Array(testSize);
  const train = new Int32Array(rows.length - testSize);
  let nextTest = 0;
  let nextTrain = 0;
  for (let position = 0; position < rows.length; position++) {
    if (inTest(position)) test[nextTest++] = rows[position]!;
    else train[nextTrain++] = rows[position]!;
  }
  return { train, test };
}
