import type { Dataset } from '../../src/data/dataset.js';
import { sharedFloats } from '../../src/data/shared-arrays.js';
import { Random } from '../../src/random.js';
import type { TaskKind } from '../../src/task-kind.js';

/** The most columns that bear on the target; the others are noise. */
const INFORMATIVE = 10;

/**
 * Standard normal columns and a target of sums, products, squares and steps of the first ten, with noise: something to
 * find for lines, for trees and for neighbours. Classes are yes and no by the sign of it.
 */
export function syntheticDataset(rows: number, columns: number, task: TaskKind, seed = 0): Dataset {
  const random = new Random(seed, 'synthetic');
  const features = Array.from({ length: columns }, (_, column) => {
    const values = sharedFloats(rows);
    for (let row = 0; row < rows; row++) values[row] = random.normal();
    return { kind: 'numeric' as const, name: `x${column}`, values };
  });
  const informative = Math.min(INFORMATIVE, columns);
  const x = (column: number, row: number): number => features[column % informative]!.values[row]!;
  const values = sharedFloats(rows);
  for (let row = 0; row < rows; row++) {
    const smooth = x(0, row) + 0.8 * x(1, row) * x(2, row) + 0.7 * (x(3, row) ** 2 - 1) + Math.sin(2 * x(4, row));
    const steps = (x(5, row) > 0.3 ? 0.8 : -0.5) + (x(6, row) > 0 && x(7, row) > 0 ? 0.9 : 0) - 0.5 * x(8, row);
    values[row] = smooth + steps + 0.3 * x(9, row) + 0.5 * random.normal();
  }
  const hash = `synthetic-${task}-${rows}-${columns}-${seed}`;
  if (task === 'regression') return { rows, features, target: { task, name: 'y', values }, hash };
  for (let row = 0; row < rows; row++) values[row] = values[row]! > 0 ? 1 : 0;
  return { rows, features, target: { task, name: 'y', values, classes: ['no', 'yes'], positive: 1 }, hash };
}
