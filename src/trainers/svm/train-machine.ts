import type { DualProblem } from './dual-problem.js';
import type { Kernel, Points } from './kernel.js';
import { KernelMatrix } from './kernel-matrix.js';
import { RowCache } from './row-cache.js';
import type { RowEngine } from './row-engine.js';
import type { RowMemory } from './row-memory.js';
import { type DualSolution, solveDual } from './smo.js';

export interface MachineOptions {
  readonly kernel: Kernel;
  readonly tolerance: number;
  readonly shrinking: boolean;
  /** Of each machine; undefined is LIBSVM's own limit. */
  readonly maxIterations: number | undefined;
  /** Both are used by one machine after the other. */
  readonly rowMemory: RowMemory;
  readonly engine: RowEngine;
}

/** @param signs 1 or -1. @param costs the upper bound of each row's multiplier, > 0. */
export function trainClassifier(
  points: Points,
  signs: Float64Array,
  costs: Float64Array,
  options: MachineOptions,
): DualSolution {
  return solve(points, options, {
    target: signs,
    lower: costs.map((cost, i) => (signs[i]! > 0 ? 0 : -cost)),
    upper: costs.map((cost, i) => (signs[i]! > 0 ? cost : 0)),
    epsilon: 0,
  });
}

/** @param epsilon half the width of the tube in which errors cost nothing. */
export function trainRegressor(
  points: Points,
  target: Float64Array,
  costs: Float64Array,
  epsilon: number,
  options: MachineOptions,
): DualSolution {
  return solve(points, options, { target, lower: costs.map((cost) => -cost), upper: costs, epsilon });
}

type Formulation = Pick<DualProblem, 'target' | 'lower' | 'upper' | 'epsilon'>;

function solve(points: Points, options: MachineOptions, formulation: Formulation): DualSolution {
  const matrix = new KernelMatrix(points, options.kernel, options.engine);
  return solveDual({
    ...formulation,
    rows: new RowCache(matrix, options.rowMemory),
    diagonal: matrix.diagonal(),
    tolerance: options.tolerance,
    shrinking: options.shrinking,
    maxIterations: options.maxIterations,
  });
}
