import type { Goal } from '../trial.js';
import { halvingPruner } from './halving-pruner.js';
import { medianPruner } from './median-pruner.js';
import type { Pruner, PruningSpec } from './pruner.js';

export type { Pruner, PruningSpec } from './pruner.js';

export function createPruner(spec: PruningSpec, goal: Goal): Pruner {
  return spec.method === 'median' ? medianPruner(spec, goal) : halvingPruner(spec, goal);
}
