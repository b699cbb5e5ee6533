import type { CompletedFold, EndedTrial, ParameterValue, Params } from '../trial.js';
import type { LeaderboardRow } from './leaderboard.js';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What a row has from its place, and not from its trial. */
export interface RowPlace {
  readonly rank: number | null;
  readonly trial: number | null;
  readonly model: string | null;
}

/**
 * The row of a trial that ended.
 * @param metrics of the study, the objective's first.
 * @param times whether it carries `fit_seconds` and `score_seconds`.
 */
export function createRow(
  trial: EndedTrial,
  { rank, trial: number, model }: RowPlace,
  metrics: readonly string[],
  times: boolean,
): LeaderboardRow {
  const { state, folds: outcomes } = trial;
  const objective = metrics[0]!;
  const folds = outcomes.map((fold) => fold.scores[objective]!);
  const params = withoutModel(trial.params);
  if (trial.state !== 'completed') {
    return { rank, trial: number, model, state, score: null, reason: trial.reason, folds, params };
  }
  const row: Writable<LeaderboardRow> = {
    rank,
    trial: number,
    model,
    state,
    score: trial.score,
    std: sampleStandardDeviation(folds),
    folds,
    metrics: meansBeside(outcomes, metrics),
    params,
  };
  if (!times) return row;
  let fitSeconds = 0;
  let scoreSeconds = 0;
  for (const fold of outcomes) {
    fitSeconds += fold.fitSeconds;
    scoreSeconds += fold.scoreSeconds;
  }
  row.fit_seconds = fitSeconds;
  row.score_seconds = scoreSeconds;
  return row;
}

export function modelOf(params: Params): string | null {
  return typeof params.model === 'string' ? params.model : null;
}

function withoutModel(params: Params): Record<string, ParameterValue> {
  const kept: Record<string, ParameterValue> = {};
  const hasModel = modelOf(params) !== null;
  for (const name in params) if (name !== 'model' || !hasModel) kept[name] = params[name]!;
  return kept;
}

function meansBeside(folds: readonly CompletedFold[], metrics: readonly string[]): Record<string, number> {
  const means: Record<string, number> = {};
  for (let i = 1; i < metrics.length; i++) {
    const name = metrics[i]!;
    let sum = 0;
    for (const { scores } of folds) sum += scores[name]!;
    means[name] = sum / folds.length;
  }
  return means;
}

/** With n - 1; null where there is one value only. */
function sampleStandardDeviation(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}
