import type { Random } from '../../random.js';
import type { BandwidthRule } from './bandwidth.js';
import { unitIntervalMass } from './gaussian-mass.js';
import type { KernelColumn } from './kernel-column.js';

const LOG_SQRT_TWO_PI = Math.log(2 * Math.PI) / 2;

/** Gaussian kernels of one bandwidth, truncated to the unit interval (J. Bergstra et al., NIPS 2011, Section 4). */
export class RangeKernels implements KernelColumn {
  private readonly rule: BandwidthRule;
  private count = 0;
  private centres = new Float64Array(0);
  /** Log of the factor before the exponential, truncation included. */
  private logFactors = new Float64Array(0);
  private sigma = 1;

  constructor(rule: BandwidthRule) {
    this.rule = rule;
  }

  fit(values: Float64Array, count: number, dimensions: number): void {
    if (this.centres.length < count) {
      this.centres = new Float64Array(2 * count);
      this.logFactors = new Float64Array(2 * count);
    }
    this.count = count;
    this.sigma = this.rule(values, count, dimensions);
    const logScale = Math.log(this.sigma) + LOG_SQRT_TWO_PI;
    for (let k = 0; k < count; k++) {
      const centre = values[k]!;
      this.centres[k] = centre;
      this.logFactors[k] = -logScale - Math.log(unitIntervalMass(centre, this.sigma));
    }
  }

  addLogDensities(unit: number, sums: Float64Array): void {
    const { centres, logFactors, count } = this;
    const precision = 1 / (2 * this.sigma * this.sigma);
    for (let k = 0; k < count; k++) {
      const distance = unit - centres[k]!;
      sums[k]! += logFactors[k]! - precision * distance * distance;
    }
  }

  draw(k: number, random: Random): number {
    return drawTruncated(this.centres[k]!, this.sigma, random);
  }

  drawPrior(random: Random): number {
    return random.uniform();
  }
}

/** By rejection: a centre inside the interval leaves at least a third of the mass there for any sigma up to 1. */
export function drawTruncated(centre: number, sigma: number, random: Random): number {
  for (;;) {
    const unit = centre + sigma * random.normal();
    if (unit >= 0 && unit <= 1) return unit;
  }
}
