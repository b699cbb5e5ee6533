import type { ColumnSegment, ColumnSplit, SplitCriterion } from './split-criterion.js';

/** c log c. @param table its values for whole c, where all weights are 1. */
function timesLog(weight: number, table: Float64Array | undefined): number {
  if (table !== undefined) return table[weight]!;
  return weight > 0 ? weight * Math.log(weight) : 0;
}

/** Gini impurity or entropy of the weights of classes. */
export class ClassCriterion implements SplitCriterion {
  readonly outputs: number;
  private readonly target: Float64Array;
  private readonly weights: Float64Array;
  private readonly entropy: boolean;
  private readonly table: Float64Array | undefined;
  private readonly totals: Float64Array;
  private readonly left: Float64Array;
  private readonly right: Float64Array;
  private total = 0;

  /** @param target class indices. @param weights one a row. */
  constructor(target: Float64Array, weights: Float64Array, classes: number, entropy: boolean) {
    this.outputs = classes;
    this.target = target;
    this.weights = weights;
    this.entropy = entropy;
    if (entropy && weights.every((weight) => weight === 1)) {
      this.table = Float64Array.from({ length: target.length + 1 }, (_, count) => timesLog(count, undefined));
    }
    this.totals = new Float64Array(classes);
    this.left = new Float64Array(classes);
    this.right = new Float64Array(classes);
  }

  enter(order: Int32Array, start: number, end: number): boolean {
    this.totals.fill(0);
    this.total = 0;
    const first = this.target[order[start]!]!;
    let pure = true;
    for (let at = start; at < end; at++) {
      const row = order[at]!;
      this.totals[this.target[row]!]! += this.weights[row]!;
      this.total += this.weights[row]!;
      if (this.target[row] !== first) pure = false;
    }
    return pure;
  }

  leaf(values: Float64Array): void {
    for (let k = 0; k < this.outputs; k++) values[k] = this.totals[k]! / this.total;
  }

  search(segment: ColumnSegment, leafRows: number, best: ColumnSplit): void {
    if (this.entropy) this.searchEntropy(segment, leafRows, best);
    else this.searchGini(segment, leafRows, best);
  }

  /** The least weighted Gini impurity is the greatest sum over both sides of (squared class weights) / weight. */
  private searchGini(segment: ColumnSegment, leafRows: number, best: ColumnSplit): void {
    const { order, start, end, values, offset } = segment;
    const { target, weights, left, right } = this;
    left.fill(0);
    let squaresRight = 0;
    for (let k = 0; k < right.length; k++) {
      right[k] = this.totals[k]!;
      squaresRight += right[k]! * right[k]!;
    }
    let squaresLeft = 0;
    let weightLeft = 0;
    let weightRight = this.total;
    let row = order[start]!;
    let value = values[offset + row]!;
    const stop = end - leafRows;
    const firstAllowed = start + leafRows;
    for (let at = start + 1; at <= stop; at++) {
      const label = target[row]!;
      const weight = weights[row]!;
      const inLeft = left[label]!;
      const inRight = right[label]!;
      squaresLeft += weight * (2 * inLeft + weight);
      squaresRight += weight * (weight - 2 * inRight);
      left[label] = inLeft + weight;
      right[label] = inRight - weight;
      weightLeft += weight;
      weightRight -= weight;
      row = order[at]!;
      const next = values[offset + row]!;
      if (next > value && at >= firstAllowed) {
        const score = squaresLeft / weightLeft + squaresRight / weightRight;
        if (score > best.score) {
          best.score = score;
          best.position = at;
        }
      }
      value = next;
    }
  }

  /** The least weighted entropy is the greatest sum over both sides of c log c over classes minus w log w in total. */
  private searchEntropy(segment: ColumnSegment, leafRows: number, best: ColumnSplit): void {
    const { order, start, end, values, offset } = segment;
    const { target, weights, left, right, table } = this;
    // Without it, rounding would choose among equally good splits.
    const rounding = 1e-12 * this.total;
    left.fill(0);
    let sum = 0;
    for (let k = 0; k < right.length; k++) {
      right[k] = this.totals[k]!;
      sum += timesLog(right[k]!, table);
    }
    let weightLeft = 0;
    let weightRight = this.total;
    let row = order[start]!;
    let value = values[offset + row]!;
    const stop = end - leafRows;
    const firstAllowed = start + leafRows;
    for (let at = start + 1; at <= stop; at++) {
      const label = target[row]!;
      const weight = weights[row]!;
      const inLeft = left[label]!;
      const inRight = right[label]!;
      sum += timesLog(inLeft + weight, table) - timesLog(inLeft, table);
      sum += timesLog(inRight - weight, table) - timesLog(inRight, table);
      left[label] = inLeft + weight;
      right[label] = inRight - weight;
      weightLeft += weight;
      weightRight -= weight;
      row = order[at]!;
      const next = values[offset + row]!;
      if (next > value && at >= firstAllowed) {
        const score = sum - timesLog(weightLeft, table) - timesLog(weightRight, table);
        if (score > best.score + rounding) {
          best.score = score;
          best.position = at;
        }
      }
      value = next;
    }
  }
}
