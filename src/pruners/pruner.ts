import type { Goal, LearningCurve } from '../trial.js';

/** Decides which trials are not worth going on with. Pure: it sees curves and nothing else. */
export interface Pruner {
  /**
   * Whether a trial is given up after the last point of its curve.
   * @param curve not empty. @param others curves of the trials that it may be compared with, whole.
   */
  prunes(curve: LearningCurve, others: readonly LearningCurve[]): boolean;
}

/** `search.pruning` with its defaults. */
export type PruningSpec =
  | {
      readonly method: 'median';
      /** Steps below this are not judged. */
      readonly warmup: number;
      /** Trials that must have a curve before any is judged. */
      readonly startup: number;
    }
  | {
      readonly method: 'halving';
      /** The first rung. */
      readonly minSteps: number;
      /** One trial in so many goes on to the next rung, which is so many times higher. */
      readonly factor: number;
    };

export type PrunerFactory<M extends PruningSpec['method']> = (
  spec: Extract<PruningSpec, { method: M }>,
  goal: Goal,
) => Pruner;

/** Whether one value is better than another. */
export function isBetter(value: number, than: number, goal: Goal): boolean {
  return goal === 'maximize' ? value > than : value < than;
}
