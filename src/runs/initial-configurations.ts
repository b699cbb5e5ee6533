import { DEFAULT_PREPROCESSING, type Preprocessing } from '../data/preprocessing-options.js';
import { preprocessingKey, shortName } from '../parameter-name.js';
import type { Spec } from '../spec/spec.js';
import { findTrainer } from '../trainers/index.js';
import type { ParameterValue, Params } from '../trial.js';

/**
 * The configurations to try first: the user's own, then one a model that is known to be good (a parameter's `default`,
 * else the trainer's known-good value where the range holds it, else the middle of the range). A grid has its own order.
 */
export function initialConfigurations(spec: Spec): readonly Params[] {
  const { initial, defaults, method } = spec.search;
  if (!defaults || method === 'grid') return initial;
  return [...initial, ...spec.models.map(({ name }) => knownGood(spec, name)).filter((params) => params !== undefined)];
}

function knownGood(spec: Spec, family: string): Params | undefined {
  const { space, models } = spec;
  const { use } = models.find((model) => model.name === family)!;
  if (use === undefined) return defaultsOf(spec, family);
  const trainer = findTrainer(use)!;
  const given: Record<string, ParameterValue> = { model: family };
  for (const parameter of space.parameters) {
    if (parameter.default !== undefined || parameter.name === 'model') continue;
    const key = preprocessingKey(parameter.name);
    const value =
      key === undefined
        ? trainer.knownGood[shortName(parameter.name)]
        : DEFAULT_PREPROCESSING[key as keyof Preprocessing];
    if (value !== undefined) given[parameter.name] = value;
  }
  const params = acceptable(spec, space.complete(given));
  return space.feasible(params) ? params : undefined;
}

/** Of the user's own code only its defaults are known to be good; the middle of a range is not. */
function defaultsOf({ space }: Spec, family: string): Params | undefined {
  const params = space.complete({ model: family });
  const known = space.parameters.some(({ name, default: value }) => value !== undefined && Object.hasOwn(params, name));
  return known && space.feasible(params) ? params : undefined;
}

/** Gives way to the middle of the range where the space does not hold a trainer's known-good value. */
function acceptable(spec: Spec, params: Params): Params {
  const outside = new Set(spec.space.problems(params).map((problem) => problem.name));
  if (outside.size === 0) return params;
  const kept = Object.entries(params).filter(([name]) => !outside.has(name));
  return spec.space.complete(Object.fromEntries(kept));
}
