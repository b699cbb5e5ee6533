import type { Random } from '../../random.js';
import type { BandwidthRule } from './bandwidth.js';
import type { Lattice } from './coordinate.js';
import { gaussianMass, unitIntervalMass } from './gaussian-mass.js';
import type { KernelColumn } from './kernel-column.js';
import { drawTruncated } from './range-kernels.js';

/** A cell below this many bandwidths counts with the density at its middle, which errs by less than a percent. */
const NARROW_CELL = 0.25;
const LOG_SQRT_TWO_PI = Math.log(2 * Math.PI) / 2;
/** Keeps a mass that underflows from becoming minus infinity. */
const SMALLEST_MASS = 1e-300;

/**
 * Kernels over ordered values: Gaussians truncated to the unit interval and integrated over the cell of each value
 * (J. Bergstra et al., "Making a science of model search", ICML 2013). None is narrower than the cell it stands in:
 * trials are never repeated, and such a kernel would propose nothing else.
 */
export class LatticeKernels implements KernelColumn {
  private readonly lattice: Lattice;
  private readonly rule: BandwidthRule;
  private count = 0;
  /** By kernel, the place of its value among the distinct ones. */
  private places = new Int32Array(0);
  private distinct = 0;
  /** By place: the centre, the bandwidth, and the log of the mass within the unit interval. */
  private centres = new Float64Array(0);
  private sigmas = new Float64Array(0);
  private logMasses = new Float64Array(0);
  /** Cell -> log density of each place there, as far as asked for. */
  private readonly rows = new Map<number, Float64Array>();
  private readonly placeOfCell = new Map<number, number>();

  constructor(lattice: Lattice, rule: BandwidthRule) {
    this.lattice = lattice;
    this.rule = rule;
  }

  fit(values: Float64Array, count: number, dimensions: number): void {
    this.reserve(count);
    this.count = count;
    this.distinct = 0;
    this.rows.clear();
    this.placeOfCell.clear();
    const bandwidth = this.rule(values, count, dimensions);
    for (let k = 0; k < count; k++) {
      const cell = this.lattice.indexOf(values[k]!);
      const known = this.placeOfCell.get(cell);
      this.places[k] = known ?? this.addPlace(cell, bandwidth);
    }
  }

  addLogDensities(unit: number, sums: Float64Array): void {
    const { places, count } = this;
    const row = this.rowOf(this.lattice.indexOf(unit));
    for (let k = 0; k < count; k++) sums[k]! += row[places[k]!]!;
  }

  draw(k: number, random: Random): number {
    const place = this.places[k]!;
    return this.snap(drawTruncated(this.centres[place]!, this.sigmas[place]!, random));
  }

  drawPrior(random: Random): number {
    return this.snap(random.uniform());
  }

  private rowOf(cell: number): Float64Array {
    const known = this.rows.get(cell);
    if (known !== undefined) return known;
    const row = new Float64Array(this.distinct);
    const low = this.lattice.edge(cell);
    const high = this.lattice.edge(cell + 1);
    for (let place = 0; place < row.length; place++) {
      row[place] = logCellDensity(low, high, this.centres[place]!, this.sigmas[place]!) - this.logMasses[place]!;
    }
    this.rows.set(cell, row);
    return row;
  }

  private addPlace(cell: number, bandwidth: number): number {
    const place = this.distinct++;
    const low = this.lattice.edge(cell);
    const high = this.lattice.edge(cell + 1);
    const centre = (low + high) / 2;
    const sigma = Math.max(bandwidth, high - low);
    this.centres[place] = centre;
    this.sigmas[place] = sigma;
    this.logMasses[place] = Math.log(unitIntervalMass(centre, sigma));
    this.placeOfCell.set(cell, place);
    return place;
  }

  private snap(unit: number): number {
    const cell = this.lattice.indexOf(unit);
    return (this.lattice.edge(cell) + this.lattice.edge(cell + 1)) / 2;
  }

  private reserve(count: number): void {
    if (this.places.length >= count) return;
    this.places = new Int32Array(2 * count);
    this.centres = new Float64Array(2 * count);
    this.sigmas = new Float64Array(2 * count);
    this.logMasses = new Float64Array(2 * count);
  }
}

/** Log of the mean density of a normal distribution over a cell. */
function logCellDensity(low: number, high: number, centre: number, sigma: number): number {
  const width = (high - low) / sigma;
  if (width < NARROW_CELL) {
    const distance = ((low + high) / 2 - centre) / sigma;
    return -Math.log(sigma) - LOG_SQRT_TWO_PI - (distance * distance) / 2;
  }
  const mass = gaussianMass((low - centre) / sigma, (high - centre) / sigma);
  return Math.log(Math.max(mass, SMALLEST_MASS) / (high - low));
}
