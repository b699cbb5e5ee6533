import type { ParameterValue } from '../trial.js';
import type { DomainCodec } from './domain-codec.js';
import { interpolate, position } from './interpolation.js';
import { Lattice } from './lattice.js';

/** min, min + step, … up to max: each has an equal share of the unit interval. */
export class StepCodec implements DomainCodec {
  readonly count: number;
  private readonly lattice: Lattice;

  constructor(min: number, max: number, step: number) {
    this.lattice = new Lattice(min, max, step);
    this.count = this.lattice.count;
  }

  decode(unit: number): number {
    return this.lattice.valueAt(Math.min(Math.floor(unit * this.count), this.count - 1));
  }

  encode(value: ParameterValue): number {
    return typeof value === 'number' ? (this.lattice.indexOf(value) + 0.5) / this.count : Number.NaN;
  }

  valueAt(index: number): number {
    return this.lattice.valueAt(index);
  }
}

/** Integers whose logarithm is uniform over [min - step/2, max + step/2], each value standing for the reals nearest to it. */
export class LogIntegerCodec implements DomainCodec {
  readonly count: number;
  private readonly lattice: Lattice;
  private readonly min: number;
  private readonly step: number;
  private readonly logLow: number;
  private readonly logHigh: number;

  constructor(min: number, max: number, step: number) {
    this.lattice = new Lattice(min, max, step);
    this.count = this.lattice.count;
    this.min = min;
    this.step = step;
    this.logLow = Math.log(this.lowerEdge(min));
    this.logHigh = Math.log(this.lattice.valueAt(this.count - 1) + step / 2);
  }

  decode(unit: number): number {
    return this.lattice.valueAt(this.lattice.indexOf(Math.exp(interpolate(this.logLow, this.logHigh, unit))));
  }

  encode(value: ParameterValue): number {
    if (typeof value !== 'number') return Number.NaN;
    const nearest = this.lattice.valueAt(this.lattice.indexOf(value));
    const centre = (Math.log(this.lowerEdge(nearest)) + Math.log(nearest + this.step / 2)) / 2;
    return position(this.logLow, this.logHigh, centre);
  }

  valueAt(index: number): number {
    return this.lattice.valueAt(index);
  }

  /** A step wider than twice the minimum would put the edge below zero, where there is no logarithm. */
  private lowerEdge(value: number): number {
    return Math.max(value - this.step / 2, this.min / 2);
  }
}
