import type { StopReason } from '../journal/journal-event.js';
import type { Goal, ParameterValue, TrialState } from '../trial.js';

/** The shape of `leaderboard.json` and of `--json`. Fields are only ever added. */
export interface Leaderboard {
  readonly version: 1;
  readonly study: string;
  readonly metric: string;
  readonly goal: Goal;
  readonly status: 'running' | 'finished' | 'interrupted';
  /** Null while running. */
  readonly stopped: StopReason | 'interrupted' | null;
  readonly trials: {
    /** Null when only the space's exhaustion ends the study. */
    readonly planned: number | null;
    readonly completed: number;
    readonly 'raced-out': number;
    /** Failed, crashed, timed out or out of memory; cancelled trials are none of these. */
    readonly failed: number;
  };
  readonly limits_hit: number;
  /** Null without `evaluation.holdout`; its score is null until the winner was scored on it. */
  readonly holdout: { readonly rows: number; readonly score: number | null; readonly reason?: string } | null;
  readonly rows: readonly LeaderboardRow[];
}

export interface LeaderboardRow {
  /** 1 for the best; null for the baseline and for trials that did not complete. */
  readonly rank: number | null;
  /** Null for the baseline. */
  readonly trial: number | null;
  readonly model: string | null;
  readonly state: TrialState;
  readonly score: number | null;
  /** Sample standard deviation of the folds (n - 1); null for a single fold. Only when completed. */
  readonly std?: number | null;
  /** Why it did not complete. */
  readonly reason?: string;
  /** The objective's metric on each fold that completed. */
  readonly folds: readonly number[];
  /** Means over the folds of the metrics beside the objective. Only when completed. */
  readonly metrics?: Readonly<Record<string, number>>;
  /** Active parameters by full name, without `model`. */
  readonly params: Readonly<Record<string, ParameterValue>>;
  /** Summed over the folds. Only when completed. */
  readonly fit_seconds?: number;
  /** Summed over the folds. Only when completed. */
  readonly score_seconds?: number;
}
