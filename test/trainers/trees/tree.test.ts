import { describe, expect, test } from 'vitest';
import { refuseManyColumns } from '../../../src/trainers/trees/refuse-more-than.js';
import { findLeaf, MAXIMUM_FEATURES, TreeBuilder, type ValuedTree } from '../../../src/trainers/trees/tree.js';

/** A comb: every left child is a leaf, whose value is where it is in the comb plus `shift`. */
function buildComb(builder: TreeBuilder, splits: number, shift: number): ValuedTree {
  let node = 0;
  for (let split = 0; split < splits; split++) {
    const child = builder.setThreshold(node, 0, split & 255, false);
    builder.setLeaf(child, builder.addValue(split + shift));
    node = child + 1;
  }
  builder.setLeaf(node, builder.addValue(splits + shift));
  return builder.finish();
}

const missing = Uint8Array.of(255);
const leafValue = (tree: ValuedTree, code: number) => tree.values[findLeaf(tree, Uint8Array.of(code), 0, 1, missing)];

describe('TreeBuilder', () => {
  test('a tree keeps its nodes and values when the next one is built', () => {
    // Of many leaves the codes reach the first 256 only; what lies below is there for the size.
    for (const splits of [3, 100_000]) {
      const builder = new TreeBuilder();
      builder.reset(splits + 1, splits + 1);
      const first = buildComb(builder, splits, 0.5);
      builder.reset(splits + 1, splits + 1);
      const second = buildComb(builder, splits, -1000);
      expect(first.nodes).toHaveLength(2 * (2 * splits + 1));
      expect(first.values).toEqual(Float64Array.from({ length: splits + 1 }, (_, leaf) => leaf + 0.5));
      for (const code of [0, 1, 2, 3]) {
        expect(leafValue(first, code)).toBe(code + 0.5);
        expect(leafValue(second, code)).toBe(code - 1000);
      }
    }
  });

  test('a tree with more leaves and values than were foreseen grows', () => {
    const builder = new TreeBuilder();
    builder.reset(2);
    const tree = buildComb(builder, 100, 7);
    expect(tree.values).toHaveLength(101);
    expect(leafValue(tree, 99)).toBe(106);
    expect(leafValue(tree, 100)).toBe(107);
  });

  test('a large tree is not copied, unless most of its room is empty', () => {
    const leaves = 100_000;
    const bytes = (tree: ValuedTree) => [tree.nodes.buffer.byteLength, tree.values.buffer.byteLength];
    const builder = new TreeBuilder();
    builder.reset(leaves, leaves);
    expect(bytes(buildComb(builder, 0.9 * leaves, 0))).toEqual([8 * (2 * leaves - 1), 8 * leaves]);
    builder.reset(leaves, leaves);
    const few = buildComb(builder, 0.4 * leaves, 0);
    expect(bytes(few)).toEqual([few.nodes.byteLength, few.values.byteLength]);
  });
});

test('more columns than a node can name are refused', () => {
  expect(() => refuseManyColumns('random-forest', MAXIMUM_FEATURES)).not.toThrow();
  expect(() => refuseManyColumns('random-forest', MAXIMUM_FEATURES + 1)).toThrow('takes at most 2097152 columns');
});
