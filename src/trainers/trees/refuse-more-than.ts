import { TrainerError, type TrainerParams } from '../trainer.js';

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
