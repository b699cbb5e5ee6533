import { Random } from '../random.js';
import type { Space } from '../space/space.js';
import type { Params } from '../trial.js';
import { findUnseen } from './find-unseen.js';
import type { Sampler, SamplerDefinition } from './sampler.js';

/** A configuration drawn uniformly from the unit cube. */
export function drawUniform(space: Space, random: Random): Params {
  const unit = new Float64Array(space.dimensions.length);
  for (let coordinate = 0; coordinate < unit.length; coordinate++) unit[coordinate] = random.uniform();
  return space.decode(unit);
}

export const randomSampler: SamplerDefinition = {
  name: 'random',
  summary: 'independent draws from the ranges; strong when few parameters matter',
  adaptive: false,
  create({ space, seed }): Sampler {
    return {
      suggest(trial, history) {
        const random = new Random(seed, 'random', trial);
        return findUnseen(space, history, random, () => drawUniform(space, random));
      },
    };
  },
};
