import type { Space } from '../space/space.js';
import type { Params } from '../trial.js';
import type { Sampler } from './sampler.js';

/** Configurations without repetition, in order. */
export function distinctConfigurations(configurations: readonly Params[], space: Space): readonly Params[] {
  const byKey = new Map<string, Params>();
  for (const params of configurations) {
    const key = space.key(params);
    if (!byKey.has(key)) byKey.set(key, params);
  }
  return [...byKey.values()];
}

/**
 * Proposes the given configurations first, each once, and then what the sampler proposes.
 * @param configurations complete and feasible.
 */
export function withInitial(sampler: Sampler, configurations: readonly Params[], space: Space): Sampler {
  const initial = distinctConfigurations(configurations, space);
  if (initial.length === 0) return sampler;
  return {
    suggest(trial, history) {
      const params = initial[trial];
      if (params !== undefined && !history.has(space.key(params))) return params;
      return sampler.suggest(trial, history);
    },
  };
}
