import type { ParameterValue } from '../trial.js';
import type { DomainCodec } from './domain-codec.js';
import { normalCdf, normalQuantile } from './normal-distribution.js';
import type { Domain } from './parameter.js';

/** The smallest probability used: 0 itself would be infinitely far out. */
const SMALLEST_PROBABILITY = 2 ** -54;

/**
 * A normal distribution, truncated at its bounds, by inversion: u maps to the quantile of F(a) + u (F(b) - F(a)), a and b
 * being the standardised bounds. An interval on the upper side is mirrored, as tails keep their digits near 0 only.
 */
export class NormalCodec implements DomainCodec {
  readonly count = Number.POSITIVE_INFINITY;
  private readonly domain: Extract<Domain, { kind: 'normal' }>;
  private readonly mirrored: boolean;
  private readonly lowProbability: number;
  private readonly mass: number;

  constructor(domain: Extract<Domain, { kind: 'normal' }>) {
    this.domain = domain;
    const low = this.standardise(domain.min ?? Number.NEGATIVE_INFINITY);
    const high = this.standardise(domain.max ?? Number.POSITIVE_INFINITY);
    this.mirrored = low > 0;
    this.lowProbability = normalCdf(this.mirrored ? -high : low);
    this.mass = normalCdf(this.mirrored ? -low : high) - this.lowProbability;
  }

  decode(unit: number): number {
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = this.domain;
    // Bounds so far out that no probability is left between them: only their end nearest to the mean remains.
    if (this.mass <= 0) return this.mirrored ? min : max;
    const share = this.mirrored ? 1 - unit : unit;
    const probability = this.lowProbability + share * this.mass;
    const bounded = Math.min(Math.max(probability, SMALLEST_PROBABILITY * this.mass), 1 - SMALLEST_PROBABILITY * 2);
    const deviate = normalQuantile(bounded);
    const inner = this.domain.mean + this.domain.std * (this.mirrored ? -deviate : deviate);
    const value = this.domain.log ? Math.exp(inner) : inner;
    return Math.min(
      Math.max(value, min, this.domain.log ? Number.MIN_VALUE : -Number.MAX_VALUE),
      max,
      Number.MAX_VALUE,
    );
  }

  encode(value: ParameterValue): number {
    if (typeof value !== 'number') return Number.NaN;
    if (this.mass <= 0) return 0.5;
    const deviate = this.standardise(value);
    const share = (normalCdf(this.mirrored ? -deviate : deviate) - this.lowProbability) / this.mass;
    return Math.min(Math.max(this.mirrored ? 1 - share : share, 0), 1);
  }

  valueAt(): number {
    throw new Error('a continuous range has no value number i');
  }

  private standardise(value: number): number {
    const { mean, std, log } = this.domain;
    if (!log) return (value - mean) / std;
    return value > 0 ? (Math.log(value) - mean) / std : Number.NEGATIVE_INFINITY;
  }
}
