import { DataError } from '../../errors.js';
import { cutBetweenTies, orderColumn, sortByOrder } from '../row-order.js';
import type { Splitter } from '../splitter.js';

/**
 * Expanding windows, as scikit-learn's TimeSeriesSplit: of n rows in the order of the column, k windows of
 * t = floor(n / (k + 1)) rows at the end test in turn, each trained on all rows before it (the first n - k t rows never
 * test). Rows of equal order value stay together: a cut that would part them moves behind them.
 */
export const time: Splitter = {
  name: 'time',
  summary: 'expanding windows in the order of a column: past rows train, the next ones test',
  split(dataset, rows, { folds }) {
    const order = orderColumn(dataset);
    const testSize = Math.floor(rows.length / (folds + 1));
    if (testSize === 0) {
      throw new DataError(`${rows.length} rows cannot be divided into ${folds} windows after a first one`, {
        hint: 'lower evaluation.cv.folds, or add rows',
      });
    }
    const sorted = sortByOrder(rows, order);
    const cuts = Array.from({ length: folds + 1 }, (_, index) =>
      cutBetweenTies(sorted, order, rows.length - (folds - index) * testSize),
    );
    return Array.from({ length: folds }, (_, fold) => {
      const [start, end] = [cuts[fold]!, cuts[fold + 1]!];
      if (start === end) {
        throw new DataError(
          `fold ${fold + 1} of ${folds} is empty: too many rows share one value of evaluation.cv.column`,
          {
            hint: 'lower evaluation.cv.folds, or order by a finer column',
          },
        );
      }
      return { train: sorted.slice(0, start).sort(), test: sorted.slice(start, end).sort() };
    });
  },
};
