import { createSampler, findSampler } from '../samplers/index.js';
import type { Sampler } from '../samplers/sampler.js';
import type { Spec } from '../spec/spec.js';
import type { Goal, Params } from '../trial.js';

/** How a study proposes its trials. */
export interface StudySearch {
  readonly sampler: Sampler;
  /** Whether proposals read results. */
  readonly adaptive: boolean;
}

/**
 * Sets up the search of a space.
 * @param initial the configurations to begin with, complete and feasible.
 * @throws SpaceFileError when nothing in the space can be found.
 */
export function createSearch(
  { space, seed, search }: Pick<Spec, 'space' | 'seed' | 'search'>,
  goal: Goal,
  initial: readonly Params[],
): StudySearch {
  const definition = findSampler(search.method)!;
  const sampler = createSampler(definition, { space, seed, trials: search.trials, goal }, initial);
  // Proposals are pure: a space in which nothing can be found is refused before there is a study.
  sampler.suggest(0, { ended: [], pending: [], has: () => false });
  return { sampler, adaptive: definition.adaptive };
}
