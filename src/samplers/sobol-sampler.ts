import { SpaceFileError } from '../errors.js';
import { deriveSeed, Random } from '../random.js';
import type { Space } from '../space/space.js';
import type { Params } from '../trial.js';
import { findUnseen } from './find-unseen.js';
import { drawUniform } from './random-sampler.js';
import type { History, Sampler, SamplerDefinition } from './sampler.js';
import { MAX_SOBOL_DIMENSIONS } from './sobol-direction-numbers.js';
import { SobolSequence } from './sobol-sequence.js';

/** Points of the sequence a trial may use up on average, most of them against the constraints. */
const POINTS_PER_TRIAL = 1_000;
const SEQUENCE_LENGTH = 2 ** 32;

export const sobolSampler: SamplerDefinition = {
  name: 'sobol',
  summary: 'a scrambled Sobol sequence; covers the ranges more evenly than random',
  adaptive: false,
  create({ space, seed, firstTrial = 0 }): Sampler {
    const dimensions = space.dimensions.length;
    if (dimensions > MAX_SOBOL_DIMENSIONS) {
      const message = `sobol searches at most ${MAX_SOBOL_DIMENSIONS} parameters, this space has ${dimensions}`;
      throw new SpaceFileError(message, {
        hint: 'fix some of them, or use `method: random`',
        issues: [{ path: 'search.method', message }],
      });
    }
    return new SobolSampler(space, seed, firstTrial);
  },
};

/**
 * Trial t takes the t-th point of the sequence that keeps the constraints: what is left out is decided by the space
 * alone, so the proposal depends on nothing but seed and trial. Where that point was tried before, as happens with few
 * discrete values, a uniform draw takes its place.
 */
class SobolSampler implements Sampler {
  private readonly space: Space;
  private readonly seed: number;
  private readonly firstTrial: number;
  private readonly sequence: SobolSequence;
  /** Indexes of the points that keep the constraints, as far as they were looked for. */
  private readonly feasible: number[] = [];
  private searched = 0;

  constructor(space: Space, seed: number, firstTrial: number) {
    this.firstTrial = firstTrial;
    this.space = space;
    this.seed = seed;
    this.sequence = new SobolSequence(space.dimensions.length, deriveSeed(seed, 'sobol'));
  }

  suggest(trial: number, history: History): Params | undefined {
    const random = new Random(this.seed, 'sobol', trial);
    const index = this.pointOf(Math.max(0, trial - this.firstTrial));
    return findUnseen(this.space, history, random, (attempt) =>
      attempt === 0 && index !== undefined ? this.decode(index) : drawUniform(this.space, random),
    );
  }

  private pointOf(place: number): number | undefined {
    if (this.space.constraints.length === 0) return place < SEQUENCE_LENGTH ? place : undefined;
    const limit = Math.min((place + 1) * POINTS_PER_TRIAL, SEQUENCE_LENGTH);
    for (; this.feasible.length <= place && this.searched < limit; this.searched++) {
      if (this.space.feasible(this.decode(this.searched))) this.feasible.push(this.searched);
    }
    const index = this.feasible[place];
    // A later one may have searched further; what this one sees must not depend on that.
    return index !== undefined && index < limit ? index : undefined;
  }

  private decode(index: number): Params {
    const unit = new Float64Array(this.space.dimensions.length);
    this.sequence.point(index, unit);
    return this.space.decode(unit);
  }
}
