import { bayesSampler } from './bayes/bayes-sampler.js';
import { cmaEsSampler } from './cma-es/cma-es-sampler.js';
import { gpSampler } from './gp/gp-sampler.js';
import { gridSampler } from './grid-sampler.js';
import { randomSampler } from './random-sampler.js';
import type { SamplerDefinition } from './sampler.js';
import { sobolSampler } from './sobol-sampler.js';
import { tpeSampler } from './tpe/tpe-sampler.js';

export { createSampler } from './create-sampler.js';
export type { History, Sampler, SamplerDefinition, SamplerOptions } from './sampler.js';

export const SAMPLERS: readonly SamplerDefinition[] = [
  gridSampler,
  randomSampler,
  sobolSampler,
  bayesSampler,
  gpSampler,
  tpeSampler,
  cmaEsSampler,
];

/** The sampler under a name of `search.method`. */
export function findSampler(name: string): SamplerDefinition | undefined {
  return SAMPLERS.find((sampler) => sampler.name === name);
}
