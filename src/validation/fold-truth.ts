import type { Dataset } from '../data/dataset.js';
import type { Truth } from '../metrics/metric.js';

/** The target's values of some rows, in their order. */
export function targetValues(dataset: Dataset, rows: Int32Array): Float64Array {
  return take(dataset.target.values, rows);
}

/** The truth of some rows, as metrics read it. */
export function truthOf(dataset: Dataset, rows: Int32Array): Truth {
  const target = dataset.target;
  const values = targetValues(dataset, rows);
  if (target.task === 'regression') return { task: 'regression', values };
  return { task: 'classification', values, classes: target.classes, positive: target.positive };
}

/** @param values a value a row of the dataset. @returns those of `rows`. */
export function take(values: Float64Array, rows: Int32Array): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let position = 0; position < rows.length; position++) taken[position] = values[rows[position]!]!;
  return taken;
}
