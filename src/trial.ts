/** A value a parameter can take. Lists are values as a whole (e.g. `hidden_layer_sizes: [64, 32]`). */
export type ParameterValue = string | number | boolean | null | readonly ParameterValue[];

/** The active parameters of a configuration by full name (`model`, `svm.C`, `preprocess.scale`), in the space's order. */
export type Params = Readonly<Record<string, ParameterValue>>;

/** Metric name -> value. The objective's metric is one of them. */
export type Scores = Readonly<Record<string, number>>;

/** What a fold reported while it ran: whole steps, rising, and the objective's metric at each. */
export type LearningCurve = readonly (readonly [step: number, value: number])[];

/** What became of one fold. A failing trial is data, never an exception. */
export type FoldOutcome =
  | {
      readonly state: 'completed';
      readonly scores: Scores;
      readonly fitSeconds: number;
      readonly scoreSeconds: number;
      readonly curve?: LearningCurve;
    }
  | { readonly state: FailureState | 'raced-out'; readonly reason: string; readonly curve?: LearningCurve };

export type CompletedFold = Extract<FoldOutcome, { state: 'completed' }>;

/** Ends that are the trial's own. */
export type FailureState = 'failed' | 'crashed' | 'timed-out' | 'out-of-memory';

export type TrialState = 'completed' | 'raced-out' | 'cancelled' | FailureState;

/** A trial that ended. */
export type EndedTrial = {
  readonly number: number;
  readonly params: Params;
  /**
   * The completed folds up to the first that did not complete: what finished beyond that one is discarded, so that time
   * never decides.
   */
  readonly folds: readonly CompletedFold[];
} & (
  | {
      readonly state: 'completed';
      /** Mean of the objective's metric over the folds; where there are none, what was told. */
      readonly score: number;
      readonly reason: undefined;
      /** Variance of the score, where that was told; else the folds say what is to be known. */
      readonly variance?: number;
    }
  | {
      readonly state: Exclude<TrialState, 'completed'>;
      readonly score: undefined;
      /** Why it did not complete. */
      readonly reason: string;
    }
);

export type CompletedTrial = Extract<EndedTrial, { state: 'completed' }>;

/** Whether a trial ended by its own fault, as opposed to being completed, raced out or cancelled. */
export function isFailure(state: string): state is FailureState {
  return state === 'failed' || state === 'crashed' || state === 'timed-out' || state === 'out-of-memory';
}

export type Goal = 'maximize' | 'minimize';
