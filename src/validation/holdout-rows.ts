import type { Dataset } from '../data/dataset.js';
import { DataError } from '../errors.js';
import type { Random } from '../random.js';
import { partition } from './assigned-folds.js';
import { groupRows } from './row-groups.js';
import { cutBetweenTies, orderColumn, sortByOrder } from './row-order.js';
import type { Fold } from './splitter.js';

/** How many of n rows a share is: rounded down, but at least one row on either side. The sum 1e-9 forgives 0.29 x 100. */
function testSize(rows: number, share: number): number {
  if (rows < 2) throw new DataError(`${rows} rows cannot be parted into training and test rows`, { hint: 'add rows' });
  return Math.min(Math.max(Math.floor(share * rows + 1e-9), 1), rows - 1);
}

/** Draws floor(share x rows) rows to test; classification: from every class its share, by largest remainder. */
export function drawHoldout(dataset: Dataset, rows: Int32Array, share: number, random: Random): Fold {
  const size = testSize(rows.length, share);
  const target = dataset.target;
  const classes = target.task === 'classification' ? target.classes.length : 1;
  const classOf = (row: number): number => (target.task === 'classification' ? target.values[row]! : 0);

  const counts = new Int32Array(classes);
  for (const row of rows) counts[classOf(row)]!++;
  const quota = largestRemainders(counts, size);
  const inTest = new Uint8Array(rows.length);
  for (const position of random.shuffle(Int32Array.from(rows.keys()))) {
    const label = classOf(rows[position]!);
    if (quota[label]! === 0) continue;
    quota[label]!--;
    inTest[position] = 1;
  }
  return partition(rows, size, (position) => inTest[position] === 1);
}

/** Parts `size` in proportion to `counts`; what rounding leaves goes to the largest remainders, the lower index first. */
function largestRemainders(counts: Int32Array, size: number): Int32Array {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const quota = counts.map((count) => Math.floor((count * size) / total));
  const remainders = Array.from(counts, (count, index) => ({ index, remainder: (count * size) % total }));
  remainders.sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  const left = size - quota.reduce((sum, part) => sum + part, 0);
  for (const { index } of remainders.slice(0, left)) quota[index]!++;
  return quota;
}

/**
 * Draws whole groups to test, in random order, each that still fits into floor(share x rows) rows; where none fits, the
 * smallest group.
 */
export function drawGroupHoldout(dataset: Dataset, rows: Int32Array, share: number, random: Random): Fold {
  const size = testSize(rows.length, share);
  const { groupOf, sizes } = groupRows(dataset, rows);
  if (sizes.length < 2) {
    throw new DataError(`evaluation.holdout: ${sizes.length} group cannot be parted into training and test rows`, {
      hint: 'choose another data.groups, or set evaluation.holdout: 0',
    });
  }
  const chosen = new Set<number>();
  let taken = 0;
  for (const group of random.shuffle(Array.from(sizes.keys()))) {
    if (taken + sizes[group]! > size) continue;
    chosen.add(group);
    taken += sizes[group]!;
  }
  if (chosen.size === 0) {
    taken = Math.min(...sizes);
    chosen.add(sizes.indexOf(taken));
  }
  return partition(rows, taken, (position) => chosen.has(groupOf[position]!));
}

/** The last floor(share x rows) rows by the order column test; ties at the cut all train. */
export function lastRows(dataset: Dataset, rows: Int32Array, share: number): Fold {
  const order = orderColumn(dataset);
  const sorted = sortByOrder(rows, order);
  const cut = cutBetweenTies(sorted, order, rows.length - testSize(rows.length, share));
  if (cut === rows.length) {
    throw new DataError(`evaluation.holdout: the last ${share} of the rows share one value of evaluation.cv.column`, {
      hint: 'order by a finer column, or hold out a larger share',
    });
  }
  return { train: sorted.slice(0, cut).sort(), test: sorted.slice(cut).sort() };
}
