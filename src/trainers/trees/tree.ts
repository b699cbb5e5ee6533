/**
 * A binary decision tree over binned features, in flat arrays.
 *
 * Node i is two words of `nodes`. Inner node: word 0 is feature << 10 | flag << 8 | bin, word 1 the number c of its left
 * child; the right one is c + 1. Leaf: word 1 is 0 and word 0 what the leaf says, in the terms of the model. Node 0 is
 * the root. Where the flag is CATEGORIES, node c + 2 is no node: its word 0 is the offset of 8 words in `masks`, whose
 * bits are the codes that go left.
 */
export interface Tree {
  readonly nodes: Int32Array;
  readonly masks: Int32Array;
}

/** A tree whose leaves refer to values. */
export interface ValuedTree extends Tree {
  readonly values: Float64Array;
}

export const MISSING_LEFT = 1;
export const CATEGORIES = 2;
const MASK_WORDS = 8;

/** The most columns that word 0 of a node can name. */
export const MAXIMUM_FEATURES = 2 ** 21;

/** An array of this length and more is not copied when its tree is finished: both would be in memory at once. */
const LARGE_LENGTH = 2 ** 16;

/** A tree in the making; the arrays are reused from tree to tree, those of large trees handed over. */
export class TreeBuilder {
  private nodes = new Int32Array(0);
  private masks = new Int32Array(0);
  private values = new Float64Array(0);
  private nodeCount = 0;
  private maskWords = 0;
  private valueCount = 0;

  /**
   * Starts a new tree with a root.
   * @param leaves how many it has at most. @param values how many to have room for; there may be more.
   */
  reset(leaves: number, values = 0): void {
    this.nodeCount = 1;
    this.maskWords = 0;
    this.valueCount = 0;
    // Memory that is never written to is never taken.
    const words = 2 * Math.max(1, 2 * leaves - 1);
    if (this.nodes.length < words) this.nodes = new Int32Array(words);
    if (this.values.length < values) this.values = new Float64Array(values);
  }

  /** @returns its index among the values of the tree. */
  addValue(value: number): number {
    if (this.valueCount === this.values.length) {
      const larger = new Float64Array(Math.max(64, 2 * this.values.length));
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.valueCount] = value;
    return this.valueCount++;
  }

  setLeaf(node: number, value: number): void {
    this.nodes[2 * node] = value;
    this.nodes[2 * node + 1] = 0;
  }

  /** @returns number of the left child. */
  setThreshold(node: number, feature: number, bin: number, missingLeft: boolean): number {
    return this.setInner(node, (feature << 10) | ((missingLeft ? MISSING_LEFT : 0) << 8) | bin, 2);
  }

  /** @param goesLeft 1 for each of the `codes` codes that goes left. @returns number of the left child. */
  setCategories(node: number, feature: number, goesLeft: Uint8Array, codes: number): number {
    const child = this.setInner(node, (feature << 10) | (CATEGORIES << 8), 3);
    if (this.maskWords + MASK_WORDS > this.masks.length) {
      const larger = new Int32Array(Math.max(64, 2 * this.masks.length));
      larger.set(this.masks);
      this.masks = larger;
    }
    this.setLeaf(child + 2, this.maskWords);
    this.masks.fill(0, this.maskWords, this.maskWords + MASK_WORDS);
    for (let code = 0; code < codes; code++) {
      if (goesLeft[code] === 1) this.masks[this.maskWords + (code >> 5)]! |= 1 << (code & 31);
    }
    this.maskWords += MASK_WORDS;
    return child;
  }

  finish(): ValuedTree {
    const { nodes, values } = this;
    const nodeWords = 2 * this.nodeCount;
    const ownNodes = isHandedOver(nodeWords, nodes.length);
    const ownValues = isHandedOver(this.valueCount, values.length);
    if (ownNodes) this.nodes = new Int32Array(0);
    if (ownValues) this.values = new Float64Array(0);
    return {
      nodes: ownNodes ? nodes.subarray(0, nodeWords) : nodes.slice(0, nodeWords),
      masks: this.masks.slice(0, this.maskWords),
      values: ownValues ? values.subarray(0, this.valueCount) : values.slice(0, this.valueCount),
    };
  }

  private setInner(node: number, word: number, places: number): number {
    const child = this.nodeCount;
    this.nodeCount += places;
    if (2 * this.nodeCount > this.nodes.length) {
      const larger = new Int32Array(2 * this.nodes.length);
      larger.set(this.nodes);
      this.nodes = larger;
    }
    this.nodes[2 * node] = word;
    this.nodes[2 * node + 1] = child;
    return child;
  }
}

function isHandedOver(used: number, length: number): boolean {
  return used >= LARGE_LENGTH && 2 * used >= length;
}

/**
 * @param cells codes; the code of feature f is at `offset + f * stride`.
 * @param missing code of a missing value a feature.
 * @returns word 0 of the leaf.
 */
export function findLeaf(tree: Tree, cells: Uint8Array, offset: number, stride: number, missing: Uint8Array): number {
  const { nodes, masks } = tree;
  let word = nodes[0]!;
  let child = nodes[1]!;
  while (child !== 0) {
    const feature = word >> 10;
    const cell = cells[offset + feature * stride]!;
    const flag = (word >> 8) & 3;
    let right: number;
    if (flag === 0) right = cell > (word & 255) ? 1 : 0;
    else if (flag === MISSING_LEFT) right = cell > (word & 255) && cell !== missing[feature] ? 1 : 0;
    else right = 1 - ((masks[nodes[2 * child + 4]! + (cell >> 5)]! >> (cell & 31)) & 1);
    const node = 2 * (child + right);
    word = nodes[node]!;
    child = nodes[node + 1]!;
  }
  return word;
}
