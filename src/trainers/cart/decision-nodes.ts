import type { SavedFields } from '../saved-model.js';
import type { Matrix } from '../trainer.js';

/** A binary tree as plain data; node 0 is the root, the right child follows the left one. */
export interface DecisionNodes {
  /** Column that a node splits on; -1 in a leaf. */
  readonly column: Int32Array;
  /** Rows with a value <= threshold go left. */
  readonly threshold: Float64Array;
  /** Number of the left child; in a leaf the number of the leaf. */
  readonly next: Int32Array;
  /** leaves x outputs, row-major: class probabilities, or the mean. */
  readonly leafValues: Float64Array;
  readonly outputs: number;
}

/** The leaf's values for each row. @returns rows x outputs, row-major. */
export function leafValuesOf(nodes: DecisionNodes, features: Matrix): Float64Array {
  const { column, threshold, next, leafValues, outputs } = nodes;
  const { data, rows, columns } = features;
  const values = new Float64Array(rows * outputs);
  for (let i = 0; i < rows; i++) {
    const offset = i * columns;
    let node = 0;
    let split = column[0]!;
    while (split >= 0) {
      node = data[offset + split]! <= threshold[node]! ? next[node]! : next[node]! + 1;
      split = column[node]!;
    }
    const leaf = next[node]! * outputs;
    for (let k = 0; k < outputs; k++) values[i * outputs + k] = leafValues[leaf + k]!;
  }
  return values;
}

export function nodesToJson({ column, threshold, next, leafValues, outputs }: DecisionNodes): unknown {
  return {
    column: Array.from(column),
    threshold: Array.from(threshold),
    next: Array.from(next),
    leafValues: Array.from(leafValues),
    outputs,
  };
}

export function loadNodes(saved: SavedFields): DecisionNodes {
  const column = Int32Array.from(saved.numbers('column'));
  return {
    column,
    threshold: saved.numbers('threshold', column.length),
    next: Int32Array.from(saved.numbers('next', column.length)),
    leafValues: saved.numbers('leafValues'),
    outputs: saved.count('outputs'),
  };
}
