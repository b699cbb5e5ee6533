import type { TreeFeature } from './tree-features.js';

/**
 * Sums of gradients, hessians and rows by feature and code, for the rows of a node. The cells of a feature lie one after
 * the other from its offset on, one a code, that of missing values last.
 */
export interface GradientHistogram {
  readonly gradients: Float64Array;
  /** Empty where every hessian is 1: the sum is the number of rows. */
  readonly hessians: Float64Array;
  readonly rows: Int32Array;
}

/** Makes, fills and reuses histograms. */
export class GradientHistograms {
  /** First cell of each feature. */
  readonly offsets: Int32Array;
  private readonly features: readonly TreeFeature[];
  private readonly candidates: Int32Array;
  private readonly unitHessian: boolean;
  private readonly cells: number;
  private readonly free: GradientHistogram[] = [];
  private available: number;
  private readonly nodeRows: Int32Array;
  private readonly nodeGradients: Float32Array;
  private readonly nodeHessians: Float32Array;

  /**
   * @param candidates features that are counted; the cells of the others do not exist.
   * @param unitHessian whether every hessian is 1. @param limitBytes memory beyond which histograms are scarce.
   */
  constructor(
    features: readonly TreeFeature[],
    candidates: Int32Array,
    capacity: number,
    unitHessian: boolean,
    limitBytes: number,
  ) {
    this.features = features;
    this.candidates = candidates.slice();
    this.unitHessian = unitHessian;
    this.offsets = new Int32Array(features.length);
    let cells = 0;
    for (const feature of candidates) {
      this.offsets[feature] = cells;
      cells += features[feature]!.missing + 1;
    }
    this.cells = cells;
    this.available = Math.floor(limitBytes / (20 * Math.max(1, cells)));
    this.nodeRows = new Int32Array(capacity);
    this.nodeGradients = new Float32Array(capacity);
    this.nodeHessians = new Float32Array(unitHessian ? 0 : capacity);
  }

  /** An empty histogram. */
  take(): GradientHistogram {
    const histogram = this.free.pop();
    if (histogram !== undefined) {
      histogram.gradients.fill(0);
      histogram.hessians.fill(0);
      histogram.rows.fill(0);
      return histogram;
    }
    this.available--;
    return {
      gradients: new Float64Array(this.cells),
      hessians: new Float64Array(this.unitHessian ? 0 : this.cells),
      rows: new Int32Array(this.cells),
    };
  }

  /** Whether memory is used up: a histogram that can be counted anew should be released. */
  get isScarce(): boolean {
    return this.available < 2 && this.free.length === 0;
  }

  release(histogram: GradientHistogram): void {
    this.free.push(histogram);
  }

  /**
   * @param histogram empty. @param positions of the rows, in `start` … `end`. @param rowOf dataset row of a position.
   * @param gradients by position. @param hessians by position.
   */
  build(
    histogram: GradientHistogram,
    positions: Int32Array,
    start: number,
    end: number,
    rowOf: Int32Array,
    gradients: Float32Array,
    hessians: Float32Array,
  ): void {
    const { nodeRows, nodeGradients, nodeHessians, features, offsets, candidates, unitHessian } = this;
    const count = end - start;
    for (let i = 0; i < count; i++) {
      const position = positions[start + i]!;
      nodeRows[i] = rowOf[position]!;
      nodeGradients[i] = gradients[position]!;
      if (!unitHessian) nodeHessians[i] = hessians[position]!;
    }
    for (let i = 0; i < candidates.length; i++) {
      const index = candidates[i]!;
      const feature = features[index]!;
      const offset = offsets[index]!;
      if (unitHessian) addUnitCells(histogram, offset, feature.cells, nodeRows, nodeGradients, count);
      else addCells(histogram, offset, feature.cells, nodeRows, nodeGradients, nodeHessians, count);
      if (feature.imputed !== feature.missing) {
        moveCell(histogram, offset + feature.missing, offset + feature.imputed, unitHessian);
      }
    }
  }

  /** Turns a node's histogram into that of one child, given the other's. */
  subtract(parent: GradientHistogram, child: GradientHistogram): void {
    subtractFrom(parent.gradients, child.gradients);
    subtractFrom(parent.hessians, child.hessians);
    const { rows } = parent;
    const childRows = child.rows;
    for (let cell = 0; cell < rows.length; cell++) rows[cell]! -= childRows[cell]!;
  }
}

function subtractFrom(parent: Float64Array, child: Float64Array): void {
  for (let cell = 0; cell < parent.length; cell++) parent[cell]! -= child[cell]!;
}

function moveCell(histogram: GradientHistogram, from: number, to: number, unitHessian: boolean): void {
  histogram.gradients[to]! += histogram.gradients[from]!;
  histogram.gradients[from] = 0;
  histogram.rows[to]! += histogram.rows[from]!;
  histogram.rows[from] = 0;
  if (unitHessian) return;
  histogram.hessians[to]! += histogram.hessians[from]!;
  histogram.hessians[from] = 0;
}

function addUnitCells(
  histogram: GradientHistogram,
  offset: number,
  codes: Uint8Array,
  nodeRows: Int32Array,
  nodeGradients: Float32Array,
  count: number,
): void {
  const { gradients, rows } = histogram;
  for (let i = 0; i < count; i++) {
    const cell = offset + codes[nodeRows[i]!]!;
    gradients[cell]! += nodeGradients[i]!;
    rows[cell]! += 1;
  }
}

function addCells(
  histogram: GradientHistogram,
  offset: number,
  codes: Uint8Array,
  nodeRows: Int32Array,
  nodeGradients: Float32Array,
  nodeHessians: Float32Array,
  count: number,
): void {
  const { gradients, hessians, rows } = histogram;
  for (let i = 0; i < count; i++) {
    const cell = offset + codes[nodeRows[i]!]!;
    gradients[cell]! += nodeGradients[i]!;
    hessians[cell]! += nodeHessians[i]!;
    rows[cell]! += 1;
  }
}
