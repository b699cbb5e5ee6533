import type { Random } from '../../random.js';
import type { DecisionNodes } from './decision-nodes.js';
import type { SortedColumns } from './sorted-columns.js';
import type { ColumnSplit, SplitCriterion } from './split-criterion.js';

/** When to stop, already in rows and columns. */
export interface TreeLimits {
  readonly maxDepth: number;
  readonly splitRows: number;
  readonly leafRows: number;
  /** Columns drawn for a split; more are drawn while all those are constant in the node. */
  readonly splitColumns: number;
}

/**
 * Grows a CART tree depth first (Breiman et al., 1984) with exact splits. Every column keeps its rows sorted within
 * each node, by a stable partition after each split, so that nothing is sorted twice.
 * @param sorted its order is overwritten.
 * @param random draws the columns of each split, in an order that settles which of two equally good ones is taken.
 */
export function growTree(
  sorted: SortedColumns,
  criterion: SplitCriterion,
  limits: TreeLimits,
  random: Random,
): DecisionNodes {
  const { rows, columns, values, order } = sorted;
  const column: number[] = [];
  const threshold: number[] = [];
  const next: number[] = [];
  const leafValues: number[] = [];
  const leaf = new Float64Array(criterion.outputs);
  const goesLeft = new Uint8Array(rows);
  const held = new Int32Array(rows);
  const candidates = Int32Array.from({ length: columns }, (_, j) => j);
  // Nodes to do: number, start, end, depth.
  const stack: number[] = [0, 0, rows, 0];
  column.push(-1);
  threshold.push(0);
  next.push(0);

  const isConstant = (j: number, start: number, end: number): boolean => {
    const offset = j * rows;
    return !(values[offset + order[offset + start]!]! < values[offset + order[offset + end - 1]!]!);
  };

  const findSplit = (start: number, end: number): { column: number; position: number } => {
    const best: ColumnSplit = { score: Number.NEGATIVE_INFINITY, position: -1 };
    let column = -1;
    let position = -1;
    let constant = 0;
    for (let drawn = 0; drawn < columns && (drawn < limits.splitColumns || drawn === constant); drawn++) {
      const pick = drawn + random.integer(columns - drawn);
      const j = candidates[pick]!;
      candidates[pick] = candidates[drawn]!;
      candidates[drawn] = j;
      if (isConstant(j, start, end)) {
        constant++;
        continue;
      }
      const offset = j * rows;
      const before = best.score;
      criterion.search({ order, start: offset + start, end: offset + end, values, offset }, limits.leafRows, best);
      if (best.score > before) {
        column = j;
        position = best.position - offset;
      }
    }
    return { column, position };
  };

  while (stack.length > 0) {
    const depth = stack.pop()!;
    const end = stack.pop()!;
    const start = stack.pop()!;
    const node = stack.pop()!;
    const size = end - start;
    const alike = criterion.enter(order, start, end);
    const mayNotSplit =
      alike || depth >= limits.maxDepth || size < limits.splitRows || size < 2 * limits.leafRows || size < 2;
    const split = mayNotSplit ? undefined : findSplit(start, end);
    if (split === undefined || split.column < 0) {
      criterion.leaf(leaf);
      next[node] = leafValues.length / criterion.outputs;
      for (let k = 0; k < leaf.length; k++) leafValues.push(leaf[k]!);
      continue;
    }
    const offset = split.column * rows;
    const below = values[offset + order[offset + split.position - 1]!]!;
    const above = values[offset + order[offset + split.position]!]!;
    const middle = below / 2 + above / 2;
    column[node] = split.column;
    // Rounding can lift the middle of two neighbouring numbers onto the upper one.
    threshold[node] = middle >= below && middle < above ? middle : below;
    next[node] = column.length;
    for (let child = 0; child < 2; child++) {
      column.push(-1);
      threshold.push(0);
      next.push(0);
    }
    for (let at = start; at < end; at++) goesLeft[order[offset + at]!] = at < split.position ? 1 : 0;
    for (let j = 0; j < columns; j++) {
      // In column 0 the node's rows are read from its order even when constant there.
      if (j === split.column || (j > 0 && isConstant(j, start, end))) continue;
      partition(order, j * rows + start, j * rows + end, goesLeft, held);
    }
    const left = next[node]!;
    stack.push(left + 1, split.position, end, depth + 1, left, start, split.position, depth + 1);
  }
  return {
    column: Int32Array.from(column),
    threshold: Float64Array.from(threshold),
    next: Int32Array.from(next),
    leafValues: Float64Array.from(leafValues),
    outputs: criterion.outputs,
  };
}

/** Moves rows that go left to the front; both sides keep their order. */
function partition(order: Int32Array, start: number, end: number, goesLeft: Uint8Array, held: Int32Array): void {
  let to = start;
  let kept = 0;
  for (let at = start; at < end; at++) {
    const row = order[at]!;
    // Both are written and one counts: there is no branch to mispredict.
    const left = goesLeft[row]!;
    order[to] = row;
    held[kept] = row;
    to += left;
    kept += 1 - left;
  }
  for (let i = 0; i < kept; i++) order[to + i] = held[i]!;
}
