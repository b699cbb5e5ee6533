import type { Space } from '../space/space.js';
import type { EndedTrial, Goal, Params } from '../trial.js';

/** What a sampler may read when it proposes trial `i`. */
export interface History {
  /** Trials whose results may be read (all trials <= i - lag), in trial order. */
  readonly ended: readonly EndedTrial[];
  /** Trials whose parameters may be read and whose results may not, finished or not, in trial order. */
  readonly pending: readonly { readonly number: number; readonly params: Params }[];
  /** Whether any earlier trial has this configuration key (`space.key(params)`). */
  has(key: string): boolean;
}

/**
 * Proposes configurations. Pure: the same seed, trial number and history give the same proposal, in any process, in
 * any order of calls. What a sampler caches it must be able to rebuild bit-identically from the history.
 */
export interface Sampler {
  /** @returns a feasible configuration no earlier trial had; undefined when the space is exhausted. */
  suggest(trial: number, history: History): Params | undefined;
}

export interface SamplerOptions {
  readonly space: Space;
  readonly seed: number;
  /** How many trials the sampler is to propose; undefined when open-ended. */
  readonly trials: number | undefined;
  /** Number of the first trial it proposes: those before were given. Default 0. */
  readonly firstTrial?: number;
  readonly goal: Goal;
}

/** A sampler under its name in `search.method`. */
export interface SamplerDefinition {
  readonly name: string;
  /** One line for help texts. */
  readonly summary: string;
  /** Whether proposals read results; those of the others wait for nothing. */
  readonly adaptive: boolean;
  create(options: SamplerOptions): Sampler;
}
