import { randomSampler } from '../random-sampler.js';
import type { Sampler, SamplerOptions } from '../sampler.js';
import { MAX_SOBOL_DIMENSIONS } from '../sobol-direction-numbers.js';
import { sobolSampler } from '../sobol-sampler.js';

/** What a model-based sampler does until there is something to model: covers the space evenly. */
export function startSampler(options: SamplerOptions): Sampler {
  const definition = options.space.dimensions.length <= MAX_SOBOL_DIMENSIONS ? sobolSampler : randomSampler;
  return definition.create(options);
}
