import { DataError } from '../../errors.js';
import { assignedFolds } from '../assigned-folds.js';
import { orderColumn } from '../row-order.js';
import type { Splitter } from '../splitter.js';

/** One fold for each distinct value of the column, ascending: the rows with that value test, all others train. */
export const predefined: Splitter = {
  name: 'predefined',
  summary: 'one fold for each value of a column',
  split(dataset, rows) {
    const column = orderColumn(dataset);
    const values = [...new Set(Float64Array.from(rows, (row) => column[row]!))].sort((a, b) => a - b);
    if (values.length < 2) {
      throw new DataError('the column of evaluation.cv.column holds one value only, so no rows are left to train on', {
        hint: 'give two folds or more different values there',
      });
    }
    const foldOf = new Map(values.map((value, fold) => [value, fold]));
    const assignment = Int32Array.from(rows, (row) => foldOf.get(column[row]!)!);
    return assignedFolds(rows, assignment, values.length);
  },
};
