import type { ParameterValue } from '../trial.js';
import type { Expression } from './expression-syntax.js';

/** The values a parameter can take. Bounds are inclusive and are values, never exponents. */
export type Domain =
  | { readonly kind: 'constant'; readonly value: ParameterValue }
  | { readonly kind: 'categorical'; readonly values: readonly ParameterValue[]; readonly ordered: boolean }
  | {
      readonly kind: 'float';
      readonly min: number;
      readonly max: number;
      readonly log: boolean;
      /** Values are min, min + step, …; never together with log. */
      readonly step?: number;
    }
  | { readonly kind: 'int'; readonly min: number; readonly max: number; readonly log: boolean; readonly step: number }
  | {
      /** Normal; with `log` the logarithm of the value is normal with this mean and standard deviation. */
      readonly kind: 'normal';
      readonly mean: number;
      readonly std: number;
      readonly min?: number;
      readonly max?: number;
      readonly log: boolean;
    };

export interface Parameter {
  /** Full name: `model`, `svm.C`, `preprocess.scale`, or a bare name where the space has no models. */
  readonly name: string;
  readonly domain: Domain;
  /** The parameter is active where this holds; absent means always. Names in it are full names. */
  readonly when?: Expression;
  /** The user's first guess. */
  readonly default?: ParameterValue;
  /** How many points a grid takes of a continuous range. */
  readonly gridPoints?: number;
}
