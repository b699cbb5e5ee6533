import type { LearningCurve } from '../trial.js';
import { isBetter, type PrunerFactory } from './pruner.js';

/**
 * Asynchronous successive halving (Li et al., A System for Massively Parallel Hyperparameter Tuning, MLSys 2020) in the
 * form that stops and never pauses: at the rungs minSteps, minSteps * factor, … a trial goes on only if it is among the
 * best 1/factor of those that have come so far, itself included.
 */
export const halvingPruner: PrunerFactory<'halving'> = ({ minSteps, factor }, goal) => ({
  prunes(curve, others) {
    const last = curve.at(-1)!;
    const before = curve.at(-2)?.[0] ?? Number.NEGATIVE_INFINITY;
    // Where reports are far apart, one may pass several rungs: it is judged at the highest.
    let rung: number | undefined;
    for (let next = minSteps; next <= last[0]; next *= factor) if (next > before) rung = next;
    if (rung === undefined) return false;
    const rivals = others.map((other) => valueAt(other, rung)).filter((value) => value !== undefined);
    const ahead = rivals.filter((value) => isBetter(value, last[1], goal)).length;
    return ahead >= Math.max(1, Math.floor((rivals.length + 1) / factor));
  },
});

/** What a curve had when it came to a rung. */
function valueAt(curve: LearningCurve, rung: number): number | undefined {
  return curve.find(([step]) => step >= rung)?.[1];
}
