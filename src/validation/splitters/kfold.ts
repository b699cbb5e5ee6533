import { DataError } from '../../errors.js';
import { assignedFolds } from '../assigned-folds.js';
import type { Splitter } from '../splitter.js';

/**
 * Shuffles the rows and cuts them into k parts, each of which tests once. Of n rows the first n mod k folds test
 * ceil(n / k) rows, the others floor(n / k).
 */
export const kfold: Splitter = {
  name: 'kfold',
  summary: 'shuffled rows in k parts of equal size, each tests once',
  split(_dataset, rows, { folds, repeats }, random) {
    if (rows.length < folds) {
      throw new DataError(`${rows.length} rows cannot be divided into ${folds} folds`, {
        hint: `lower evaluation.cv.folds to ${rows.length} or less, or add rows`,
      });
    }
    return Array.from({ length: repeats }, (_, repeat) => {
      const assignment = random(repeat).shuffle(Int32Array.from(rows, (_, position) => position % folds));
      return assignedFolds(rows, assignment, folds);
    }).flat();
  },
};
