import { Random } from '../../random.js';
import { drawUniform } from '../../samplers/random-sampler.js';
import type { Space } from '../../space/space.js';

const DRAWS = 1000;

/** Share of random configurations that break a constraint, from 1,000 draws; null where there are no constraints. */
export function infeasibleShare(space: Space, seed: number): number | null {
  if (space.constraints.length === 0) return null;
  const random = new Random(seed, 'check');
  let infeasible = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    if (!space.feasible(drawUniform(space, random))) infeasible++;
  }
  return infeasible / DRAWS;
}
