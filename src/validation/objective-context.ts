import { inspect } from 'node:util';

/** What code of the user's is told besides the parameters. */
export interface CodeContext {
  /** For what is random in it (uint32): the same for each trial, so that trials are compared on equal terms. */
  readonly seed: number;
  /** Number of the trial, from 0. */
  readonly trial: number;
  /** Aborted when the result is no longer wanted: over a limit of time, interrupted, or decided without it. */
  readonly signal: AbortSignal;
  /**
   * Tells how far it is: a point of the learning curve, which `search.pruning` judges.
   * @param step a whole number >= 0, greater than the last one. @param value of the objective's metric, finite.
   * @throws RangeError when they are not.
   */
  report(step: number, value: number): void;
}

/** What an objective is told besides the parameters. */
export interface ObjectiveContext extends CodeContext {
  /** Which evaluation of the trial it is, from 0. */
  readonly repeat: number;
}

/** The `report` of one task. @param take receives the points that are in order. */
export function createReport(take: (step: number, value: number) => void): CodeContext['report'] {
  let last = -1;
  return (step, value) => {
    if (!Number.isInteger(step) || step <= last) {
      throw new RangeError(`report(step, value): step must be a whole number above ${last}, got ${inspect(step)}`);
    }
    if (!Number.isFinite(value)) {
      throw new RangeError(`report(step, value): value must be a finite number, got ${inspect(value)}`);
    }
    last = step;
    take(step, value);
  };
}
