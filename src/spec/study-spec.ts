import type { Goal, ParameterValue, Params } from '../trial.js';

/** `search.method`. */
export type SearchMethod = 'grid' | 'random' | 'sobol' | 'bayes' | 'gp' | 'tpe' | 'cma-es';

type Scalar = string | number | boolean | null;

interface Conditional {
  /** The parameter is active only where this holds, e.g. `"kernel == 'rbf'"`. */
  readonly when?: string;
}

/** A parameter: a fixed value, a short form such as `'loguniform(1e-4, 1)'`, or one of these maps. */
export type ParameterSpec =
  | Scalar
  | ({
      readonly values: readonly ParameterValue[];
      /** Whether the values have a meaning from low to high. */
      readonly ordered?: boolean;
      readonly default?: ParameterValue;
    } & Conditional)
  | ({
      /** Inclusive. */
      readonly min: number;
      /** Inclusive. */
      readonly max: number;
      readonly log?: boolean;
      readonly step?: number;
      readonly type?: 'int' | 'float';
      readonly default?: number;
      /** How many points a grid takes of the range. */
      readonly grid?: number;
    } & Conditional)
  | ({
      readonly normal: {
        readonly mean: number;
        readonly std: number;
        readonly min?: number;
        readonly max?: number;
        readonly log?: boolean;
      };
      readonly default?: number;
      readonly grid?: number;
    } & Conditional);

/** The space file as an object, without data and models: what `createStudy`, and `tune` with an objective, take. */
export interface StudySpec {
  readonly version?: 1;
  /** Default: study. */
  readonly name?: string;
  /** Default: 0. */
  readonly seed?: number;
  readonly objective: {
    /** Needed unless the metric is one that `cml` knows. */
    readonly goal?: Goal;
    /** What the number is called; default: value. */
    readonly metric?: string;
    /** Stop when a trial reaches it. */
    readonly target?: number;
    /** Numbers reported beside it. */
    readonly also?: readonly string[];
  };
  readonly evaluation?: {
    /** How often `tune` calls the objective for each trial, each time with another seed; default: 1. */
    readonly repeats?: number;
  };
  readonly search?: {
    readonly method?: SearchMethod;
    /** Default: the whole grid, or 50. */
    readonly trials?: number;
    /** How many trials back `tune` reads results; an ask-and-tell study reads all that it was told. */
    readonly lag?: number;
    /** Gives up trials whose learning curve, as the objective reports it, falls behind. */
    readonly pruning?:
      | false
      | { readonly method: 'median'; readonly warmup?: number; readonly startup?: number }
      | { readonly method: 'halving'; readonly min_steps?: number; readonly factor?: number };
    /** Configurations to try first; parameters that one does not name are filled in. */
    readonly initial?: readonly Params[];
  };
  readonly parameters: Readonly<Record<string, ParameterSpec>>;
  /** Conditions that every configuration keeps. */
  readonly constraints?: readonly string[];
  readonly budget?: {
    /** Of the whole study, such as `30m`. */
    readonly wall?: string;
    /** Summed over the evaluations of one trial; `tune` only. */
    readonly trial?: string;
    /** Of one evaluation; `tune` only. */
    readonly fold?: string;
    /** Trials without improvement. */
    readonly patience?: number;
  };
}

type NumberForm = 'uniform' | 'loguniform' | 'quniform' | 'int' | 'logint' | 'normal' | 'lognormal';

type ValueOf<P> = P extends { readonly values: readonly (infer V)[] }
  ? V
  : P extends { readonly min: number } | { readonly normal: object }
    ? number
    : P extends `${NumberForm}(${string}`
      ? number
      : P extends `${string}(${string}`
        ? ParameterValue
        : P;

type Flat<T> = { readonly [K in keyof T]: T[K] };

/**
 * The parameters of a configuration, as far as the type of the spec tells: those with a `when` may be absent. A spec
 * whose parameters are not known to the compiler gives `Params`.
 */
export type ParamsOf<S extends StudySpec> = string extends keyof S['parameters']
  ? Params
  : Flat<
      {
        [K in keyof S['parameters'] as S['parameters'][K] extends { readonly when: string } ? never : K]: ValueOf<
          S['parameters'][K]
        >;
      } & {
        [K in keyof S['parameters'] as S['parameters'][K] extends { readonly when: string } ? K : never]?: ValueOf<
          S['parameters'][K]
        >;
      }
    >;
