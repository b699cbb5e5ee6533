import type { Random } from '../../random.js';
import type { BandwidthRule } from './bandwidth.js';
import { ChoiceKernels } from './choice-kernels.js';
import type { Coordinate } from './coordinate.js';
import type { KernelColumn } from './kernel-column.js';
import { LatticeKernels } from './lattice-kernels.js';
import { RangeKernels } from './range-kernels.js';

/** Terms smaller than the largest by this much in the exponent add nothing that a double could hold. */
const NEGLIGIBLE_EXPONENT = -37;

/**
 * A multivariate Parzen estimator: a mixture of the prior, which is uniform over the cube, and of one product kernel a
 * trial (S. Falkner et al., "BOHB", ICML 2018; S. Watanabe, arXiv:2304.11127, Eq. 5). The prior weighs as much as an
 * average trial.
 */
export class ParzenEstimator {
  private readonly columns: readonly KernelColumn[];
  private count = 0;
  private logPriorWeight = 0;
  private logWeights = new Float64Array(0);
  /** Running sum of the weights, for drawing. */
  private cumulative = new Float64Array(0);
  private sums = new Float64Array(0);
  private values = new Float64Array(0);

  constructor(coordinates: readonly Coordinate[], rule: BandwidthRule) {
    this.columns = coordinates.map((coordinate) => createColumn(coordinate, rule));
  }

  /**
   * @param units row-major, `stride` a trial.
   * @param coordinates the places of this density's coordinates in a row.
   * @param rows of the trials, in the first `count` places.
   * @param weights of the trials, in the same order; that of the prior is 1.
   */
  fit(
    units: Float64Array,
    stride: number,
    coordinates: Int32Array,
    rows: Int32Array,
    count: number,
    weights: Float64Array,
  ): void {
    this.reserve(count);
    this.count = count;
    let total = 1;
    for (let k = 0; k < count; k++) total += weights[k]!;
    this.logPriorWeight = -Math.log(total);
    let running = 0;
    for (let k = 0; k < count; k++) {
      this.logWeights[k] = Math.log(weights[k]! / total);
      running += weights[k]! / total;
      this.cumulative[k] = running;
    }
    for (let column = 0; column < coordinates.length; column++) {
      const coordinate = coordinates[column]!;
      for (let k = 0; k < count; k++) this.values[k] = units[rows[k]! * stride + coordinate]!;
      this.columns[column]!.fit(this.values, count, coordinates.length);
    }
  }

  /** Writes a point drawn from the density; discrete coordinates stand at the centre of their cell. */
  draw(random: Random, out: Float64Array): void {
    const k = this.drawKernel(random.uniform());
    for (let column = 0; column < this.columns.length; column++) {
      const kernels = this.columns[column]!;
      out[column] = k === this.count ? kernels.drawPrior(random) : kernels.draw(k, random);
    }
  }

  /** Relative to the prior. */
  logDensity(point: Float64Array): number {
    const { count, sums } = this;
    for (let k = 0; k < count; k++) sums[k] = this.logWeights[k]!;
    for (let column = 0; column < this.columns.length; column++) {
      this.columns[column]!.addLogDensities(point[column]!, sums);
    }
    let largest = this.logPriorWeight;
    for (let k = 0; k < count; k++) if (sums[k]! > largest) largest = sums[k]!;
    let sum = Math.exp(this.logPriorWeight - largest);
    for (let k = 0; k < count; k++) {
      const exponent = sums[k]! - largest;
      if (exponent > NEGLIGIBLE_EXPONENT) sum += Math.exp(exponent);
    }
    return largest + Math.log(sum);
  }

  /** @returns `count` for the prior. */
  private drawKernel(share: number): number {
    let k = 0;
    while (k < this.count && this.cumulative[k]! <= share) k++;
    return k;
  }

  private reserve(count: number): void {
    if (this.sums.length >= count) return;
    this.logWeights = new Float64Array(2 * count);
    this.cumulative = new Float64Array(2 * count);
    this.sums = new Float64Array(2 * count);
    this.values = new Float64Array(2 * count);
  }
}

function createColumn(coordinate: Coordinate, rule: BandwidthRule): KernelColumn {
  switch (coordinate.kind) {
    case 'continuous':
      return new RangeKernels(rule);
    case 'lattice':
      return new LatticeKernels(coordinate, rule);
    case 'choices':
      return new ChoiceKernels(coordinate.count);
  }
}
