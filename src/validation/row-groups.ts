import type { Dataset } from '../data/dataset.js';

/** The groups that occur among some rows, numbered 0, 1, … in the order in which they are met. */
export interface RowGroups {
  /** Group number a row, length rows. */
  readonly groupOf: Int32Array;
  /** Rows a group. */
  readonly sizes: readonly number[];
}

/** Whoever divides rows by group has loaded `data.groups`. */
export function groupRows(dataset: Dataset, rows: Int32Array): RowGroups {
  if (dataset.groups === undefined) throw new Error('the data were loaded without their groups');
  const numbers = new Map<number, number>();
  const sizes: number[] = [];
  const groupOf = new Int32Array(rows.length);
  for (let position = 0; position < rows.length; position++) {
    const name = dataset.groups[rows[position]!]!;
    let group = numbers.get(name);
    if (group === undefined) {
      group = sizes.length;
      numbers.set(name, group);
      sizes.push(0);
    }
    groupOf[position] = group;
    sizes[group]!++;
  }
  return { groupOf, sizes };
}
