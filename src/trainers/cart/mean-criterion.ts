import type { ColumnSegment, ColumnSplit, SplitCriterion } from './split-criterion.js';

/** Scores this close are equal. */
const ROUNDING = 1e-10;

/** Squared error around the weighted mean. */
export class MeanCriterion implements SplitCriterion {
  readonly outputs = 1;
  private readonly target: Float64Array;
  private readonly weights: Float64Array;
  /**
   * Targets around their middle and below 2, so that their squares do not overflow. The scale is a power of two, which
   * rounds nothing.
   */
  private readonly scaled: Float64Array;
  private sum = 0;
  private total = 0;
  private mean = 0;

  constructor(target: Float64Array, weights: Float64Array) {
    this.target = target;
    this.weights = weights;
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < target.length; i++) {
      low = Math.min(low, target[i]!);
      high = Math.max(high, target[i]!);
    }
    const middle = low / 2 + high / 2;
    const reach = Math.max(high - middle, middle - low);
    const scale = 2 ** Math.floor(Math.log2(reach));
    this.scaled = target.map((value) => (reach > 0 ? (value - middle) / scale : 0));
  }

  enter(order: Int32Array, start: number, end: number): boolean {
    const first = this.target[order[start]!]!;
    let alike = true;
    this.sum = 0;
    this.total = 0;
    for (let at = start; at < end; at++) {
      const row = order[at]!;
      this.sum += this.weights[row]! * this.scaled[row]!;
      this.total += this.weights[row]!;
      if (this.target[row] !== first) alike = false;
    }
    this.mean = first;
    if (!alike) {
      // The mean as the first value plus the mean of the distances from it; halves of both, which cannot overflow.
      let halfDistance = 0;
      for (let at = start; at < end; at++) {
        const row = order[at]!;
        halfDistance += (this.weights[row]! / this.total) * (this.target[row]! / 2 - first / 2);
      }
      this.mean = 2 * (first / 2 + halfDistance);
    }
    return alike;
  }

  leaf(values: Float64Array): void {
    values[0] = this.mean;
  }

  /**
   * Over targets around the node's mean, the squared error falls by (sum on the left)^2 x (1 / left + 1 / right
   * weight). A split must be better by more than rounding, or rounding would choose among equally good ones.
   */
  search(segment: ColumnSegment, leafRows: number, best: ColumnSplit): void {
    const { order, start, end, values, offset } = segment;
    const { scaled, weights } = this;
    const mean = this.sum / this.total;
    let sumLeft = 0;
    let weightLeft = 0;
    let row = order[start]!;
    let value = values[offset + row]!;
    const stop = end - leafRows;
    const firstAllowed = start + leafRows;
    for (let at = start + 1; at <= stop; at++) {
      const weight = weights[row]!;
      sumLeft += weight * (scaled[row]! - mean);
      weightLeft += weight;
      row = order[at]!;
      const next = values[offset + row]!;
      if (next > value && at >= firstAllowed) {
        const score = sumLeft * sumLeft * (1 / weightLeft + 1 / (this.total - weightLeft));
        if (score > best.score * (1 + ROUNDING)) {
          best.score = score;
          best.position = at;
        }
      }
      value = next;
    }
  }
}
