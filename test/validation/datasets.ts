import type { Dataset, FeatureColumn } from '../../src/data/dataset.js';

/** What the rules of validation read of a dataset; the features are one column of row numbers unless given. */
export interface TableOptions {
  readonly features?: readonly FeatureColumn[];
  readonly groups?: readonly number[];
  readonly order?: readonly number[];
  readonly weights?: readonly number[];
}

export function classificationTable(
  labels: readonly number[],
  classes: readonly string[],
  options: TableOptions = {},
): Dataset {
  const target = {
    task: 'classification' as const,
    name: 'label',
    values: Float64Array.from(labels),
    classes,
    positive: 1,
  };
  return { ...table(labels.length, options), target };
}

export function regressionTable(values: readonly number[], options: TableOptions = {}): Dataset {
  return {
    ...table(values.length, options),
    target: { task: 'regression', name: 'amount', values: Float64Array.from(values) },
  };
}

function table(rows: number, { features, groups, order, weights }: TableOptions): Omit<Dataset, 'target'> {
  const numbers = Float64Array.from({ length: rows }, (_, row) => row);
  return {
    rows,
    features: features ?? [{ kind: 'numeric', name: 'row', values: numbers }],
    ...(groups && { groups: Int32Array.from(groups) }),
    ...(order && { order: Float64Array.from(order) }),
    ...(weights && { weights: Float64Array.from(weights) }),
    hash: 'table',
  };
}

export function rowNumbers(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, row) => row);
}
