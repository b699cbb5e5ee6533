import { TrainerError, type TrainerParams } from '../trainer.js';
import { MAXIMUM_FEATURES } from './tree.js';

/**
 * Refuses a whole number of columns or rows beyond those there are; shares are at most 1 and always fit.
 * @param unit what is counted. @throws TrainerError with rule and value.
 */
export function refuseMoreThan(
  trainer: string,
  params: TrainerParams,
  parameter: string,
  count: number,
  unit: string,
): void {
  const value = params[parameter];
  if (typeof value === 'number' && value > 1 && value > count) {
    throw new TrainerError(trainer, `${parameter} must be at most the ${count} ${unit}, got ${value}`);
  }
}

/** @throws TrainerError where there are more columns than a node can name. */
export function refuseManyColumns(trainer: string, columns: number): void {
  if (columns > MAXIMUM_FEATURES) {
    throw new TrainerError(trainer, `takes at most ${MAXIMUM_FEATURES} columns, got ${columns}`);
  }
}
