import { createSampler, findSampler, type Sampler } from '../samplers/index.js';
import type { BareSpec } from '../spec/bare-spec.js';

export interface ObjectiveSearch {
  readonly sampler: Sampler;
  /** Whether proposals read results. */
  readonly adaptive: boolean;
}

/** The search of a space without models. @throws SpaceFileError when nothing in the space can be found. */
export function createSearch({ space, seed, search, objective }: BareSpec): ObjectiveSearch {
  const definition = findSampler(search.method)!;
  const { trials, initial } = search;
  const sampler = createSampler(definition, { space, seed, trials, goal: objective.goal }, initial);
  // Proposals are pure: a space in which nothing can be found is refused before there is a study.
  sampler.suggest(0, { ended: [], pending: [], has: () => false });
  return { sampler, adaptive: definition.adaptive };
}
