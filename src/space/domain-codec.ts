import type { ParameterValue } from '../trial.js';

/** Maps one parameter's domain to the unit interval and back. */
export interface DomainCodec {
  /** How many values the domain has; Infinity for a continuous one. */
  readonly count: number;
  /** @param unit 0 … 1, both inclusive; uniform in gives the domain's own distribution out. */
  decode(unit: number): ParameterValue;
  /** Inverse of `decode`, 0 … 1; the centre of its cell for a discrete value, NaN for a value of another kind. */
  encode(value: ParameterValue): number;
  /** The value at an index 0 … count - 1, in the domain's order; only where `count` is finite. */
  valueAt(index: number): ParameterValue;
}
