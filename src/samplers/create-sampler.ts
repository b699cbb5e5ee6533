import type { Params } from '../trial.js';
import type { Sampler, SamplerDefinition, SamplerOptions } from './sampler.js';
import { distinctConfigurations, withInitial } from './with-initial.js';

/**
 * A sampler that begins with the given configurations and plans the trials that remain after them.
 * @param initial complete and feasible.
 * @throws SpaceFileError when the sampler cannot search this space.
 */
export function createSampler(
  definition: SamplerDefinition,
  options: SamplerOptions,
  initial: readonly Params[],
): Sampler {
  const { space, trials } = options;
  const firstTrial = distinctConfigurations(initial, space).length;
  const remaining = trials === undefined ? undefined : Math.max(1, trials - firstTrial);
  return withInitial(definition.create({ ...options, trials: remaining, firstTrial }), initial, space);
}
