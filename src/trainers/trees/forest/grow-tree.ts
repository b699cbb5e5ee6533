import { PriorityQueue } from '../priority-queue.js';
import type { TreeBuilder } from '../tree.js';
import type { NodeSplitter, Split } from './node-splitter.js';

/** Limits on the shape of one tree; rows are counted once, however often a bootstrap drew them. */
export interface GrowthLimits {
  readonly maxDepth: number;
  /** Infinity: grown depth first, without an order between leaves. */
  readonly maxLeafNodes: number;
  readonly minSamplesSplit: number;
  readonly minSamplesLeaf: number;
}

/** The most leaves that a tree on so many rows can have. */
export function mostLeaves(limits: GrowthLimits, rowCount: number): number {
  const byRows = Math.max(1, Math.floor(rowCount / limits.minSamplesLeaf));
  return Math.min(byRows, limits.maxLeafNodes, 2 ** limits.maxDepth);
}

/**
 * Grows one tree over the first `rowCount` positions of the splitter.
 * @param builder has started the tree. @param importances the gain of every split is added to its feature's place.
 */
export function growTree(
  splitter: NodeSplitter,
  builder: TreeBuilder,
  rowCount: number,
  limits: GrowthLimits,
  importances: Float64Array,
): void {
  if (limits.maxLeafNodes === Infinity) growDepthFirst(splitter, builder, rowCount, limits, importances);
  else growBestFirst(splitter, builder, rowCount, limits, importances);
}

function maySplit(limits: GrowthLimits, rows: number, depth: number): boolean {
  return rows >= limits.minSamplesSplit && rows >= 2 * limits.minSamplesLeaf && depth < limits.maxDepth;
}

function growDepthFirst(
  splitter: NodeSplitter,
  builder: TreeBuilder,
  rowCount: number,
  limits: GrowthLimits,
  importances: Float64Array,
): void {
  // Five numbers a pending node: its number, start, end, depth, known constant features.
  const pending = [0, 0, rowCount, 0, 0];
  let length = 5;
  const add = (node: number, start: number, end: number, depth: number, constants: number) => {
    // A single row needs no place.
    if (end - start === 1) {
      writeLeaf(splitter, builder, node, start, end);
      return;
    }
    pending[length++] = node;
    pending[length++] = start;
    pending[length++] = end;
    pending[length++] = depth;
    pending[length++] = constants;
  };
  while (length > 0) {
    const constants = pending[--length]!;
    const depth = pending[--length]!;
    const end = pending[--length]!;
    const start = pending[--length]!;
    const node = pending[--length]!;
    const impure = splitter.measure(start, end);
    if (!impure || !maySplit(limits, end - start, depth) || !splitter.search(start, end, constants)) {
      builder.setLeaf(node, splitter.leaf());
      continue;
    }
    const split = splitter.found;
    importances[split.feature]! += split.gain;
    const child = splitter.writeSplit(builder, node, split);
    const middle = splitter.partition(split, start, end);
    const known = splitter.constantCount;
    add(child + 1, middle, end, depth + 1, known);
    add(child, start, middle, depth + 1, known);
  }
}

function writeLeaf(splitter: NodeSplitter, builder: TreeBuilder, node: number, start: number, end: number): void {
  splitter.measure(start, end);
  builder.setLeaf(node, splitter.leaf());
}

interface OpenLeaf {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  readonly split: Split;
}

function growBestFirst(
  splitter: NodeSplitter,
  builder: TreeBuilder,
  rowCount: number,
  limits: GrowthLimits,
  importances: Float64Array,
): void {
  const open = new PriorityQueue<OpenLeaf>();
  const add = (node: number, start: number, end: number, depth: number) => {
    const impure = splitter.measure(start, end);
    if (!impure || !maySplit(limits, end - start, depth) || !splitter.search(start, end, 0)) {
      builder.setLeaf(node, splitter.leaf());
      return;
    }
    const split = { ...splitter.found, goesLeft: splitter.found.goesLeft.slice() };
    open.push({ node, start, end, depth, split }, split.gain);
  };
  add(0, 0, rowCount, 0);
  let leaves = 1;
  for (let leaf = open.pop(); leaf !== undefined; leaf = open.pop()) {
    if (leaves >= limits.maxLeafNodes) {
      writeLeaf(splitter, builder, leaf.node, leaf.start, leaf.end);
      continue;
    }
    leaves++;
    importances[leaf.split.feature]! += leaf.split.gain;
    const child = splitter.writeSplit(builder, leaf.node, leaf.split);
    const middle = splitter.partition(leaf.split, leaf.start, leaf.end);
    add(child, leaf.start, middle, leaf.depth + 1);
    add(child + 1, middle, leaf.end, leaf.depth + 1);
  }
}
