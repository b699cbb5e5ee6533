import type { ParameterValue } from '../trial.js';

/** Whether a parameter's value keeps its rule. */
export type Accepts = (value: ParameterValue) => boolean;

/** A finite number for which the condition holds. */
export function numberWhere(holds: (value: number) => boolean): Accepts {
  return (value) => typeof value === 'number' && Number.isFinite(value) && holds(value);
}

/** A whole number >= min. */
export function integerFrom(min: number): Accepts {
  return (value) => Number.isSafeInteger(value) && (value as number) >= min;
}

/** One of the values listed. */
export function oneOf(...values: readonly ParameterValue[]): Accepts {
  return (value) => values.includes(value);
}

/** Any of the rules. */
export function anyOf(...rules: readonly Accepts[]): Accepts {
  return (value) => rules.some((accepts) => accepts(value));
}
