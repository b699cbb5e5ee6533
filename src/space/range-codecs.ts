import type { ParameterValue } from '../trial.js';
import type { DomainCodec } from './domain-codec.js';
import { clamp, interpolate, position } from './interpolation.js';

/** A continuous range, uniform. */
export class RangeCodec implements DomainCodec {
  readonly count = Number.POSITIVE_INFINITY;
  private readonly min: number;
  private readonly max: number;

  constructor(min: number, max: number) {
    this.min = min;
    this.max = max;
  }

  decode(unit: number): number {
    return clamp(interpolate(this.min, this.max, unit), this.min, this.max);
  }

  encode(value: ParameterValue): number {
    return position(this.min, this.max, value);
  }

  valueAt(): number {
    throw new Error('a continuous range has no value number i');
  }
}

/** A continuous range whose logarithm is uniform. */
export class LogRangeCodec implements DomainCodec {
  readonly count = Number.POSITIVE_INFINITY;
  private readonly min: number;
  private readonly max: number;
  private readonly logMin: number;
  private readonly logMax: number;

  constructor(min: number, max: number) {
    this.min = min;
    this.max = max;
    this.logMin = Math.log(min);
    this.logMax = Math.log(max);
  }

  decode(unit: number): number {
    if (unit <= 0) return this.min;
    if (unit >= 1) return this.max;
    return clamp(Math.exp(interpolate(this.logMin, this.logMax, unit)), this.min, this.max);
  }

  encode(value: ParameterValue): number {
    return typeof value === 'number' ? position(this.logMin, this.logMax, Math.log(value)) : Number.NaN;
  }

  valueAt(): number {
    throw new Error('a continuous range has no value number i');
  }
}
