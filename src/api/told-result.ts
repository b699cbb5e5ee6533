import { inspect } from 'node:util';
import { UsageError } from '../errors.js';
import { isMap } from '../spec/collection-shapes.js';
import type { EndedTrial, Params } from '../trial.js';
import { notFinite, reasonOf, SEVERAL_NUMBERS } from '../validation/objective-result.js';

/** What became of a trial: the value of the objective, how sure it is, or why there is none. */
export type ToldResult =
  | number
  | {
      readonly value: number;
      /** Variance of the value itself: of a mean over n measurements, their sample variance divided by n. >= 0. */
      readonly variance?: number;
    }
  /** An Error, or the reason in words. */
  | { readonly error: unknown };

/**
 * A trial with what was told of it. A value that is not finite makes it a failed one.
 * @throws UsageError for what is no result.
 */
export function endedTrial(number: number, params: Params, told: ToldResult): EndedTrial {
  const failed = (reason: string): EndedTrial => {
    return { number, params, state: 'failed', score: undefined, reason, folds: [] };
  };
  const result: unknown = typeof told === 'number' ? { value: told } : told;
  if (!isMap(result) || Object.hasOwn(result, 'error') === Object.hasOwn(result, 'value'))
    throw notAResult(number, told);
  if (Object.hasOwn(result, 'error')) return failed(toldReason(result.error));
  const { value, variance } = result;
  if (typeof value !== 'number') throw notAResult(number, told);
  if (
    variance !== undefined &&
    !(typeof variance === 'number' && variance >= 0 && variance < Number.POSITIVE_INFINITY)
  ) {
    throw new UsageError(`trial ${number}: the variance must be a finite number >= 0, got ${inspect(variance)}`, {
      hint: 'leave it out where it is not known',
    });
  }
  if (!Number.isFinite(value)) return failed(notFinite('the value', value));
  const completed = { number, params, state: 'completed', score: value, reason: undefined, folds: [] } as const;
  return variance === undefined ? completed : { ...completed, variance };
}

function toldReason(error: unknown): string {
  if (error === undefined || error === null || error === '') return 'failed without a reason';
  return reasonOf(typeof error === 'string' || error instanceof Error ? error : inspect(error));
}

function notAResult(number: number, told: unknown): UsageError {
  const list = Array.isArray(told) || (isMap(told) && Array.isArray(told.value));
  const shown = inspect(told, { breakLength: Number.POSITIVE_INFINITY }).slice(0, 100);
  return new UsageError(`trial ${number}: a result is a number, {value, variance} or {error}, got ${shown}`, {
    hint: list ? SEVERAL_NUMBERS : 'tell {error: reason} where there is no value',
  });
}
