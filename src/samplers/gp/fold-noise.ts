import type { EndedTrial } from '../../trial.js';

/** Fewer trials than this say too little. */
const FEWEST_TRIALS = 3;

/** The variance of a trial's score: the median of those told, else what the folds show; undefined when neither tells. */
export function scoreNoise(trials: readonly EndedTrial[]): number | undefined {
  const told = trials.flatMap((trial) => (trial.state === 'completed' ? (trial.variance ?? []) : []));
  return told.length === 0 ? foldNoise(trials) : told.sort((a, b) => a - b)[told.length >> 1];
}

/**
 * The variance of a trial's score that comes from its folds. All trials share their folds, so what makes one fold harder
 * than another is common to them and no noise between trials: it is the residual of a two-way analysis of variance
 * (trials x folds), divided by the number of folds.
 * @param trials completed ones.
 * @returns undefined when there are not enough trials with at least two folds.
 */
export function foldNoise(trials: readonly EndedTrial[]): number | undefined {
  const metric = objectiveMetric(trials);
  if (metric === undefined) return undefined;
  const folds = Math.max(...trials.map((trial) => trial.folds.length));
  const rows = trials
    .filter((trial) => trial.folds.length === folds)
    .map((trial) => trial.folds.map(({ scores }) => scores[metric] ?? Number.NaN))
    .filter((scores) => scores.every(Number.isFinite));
  if (folds < 2 || rows.length < FEWEST_TRIALS) return undefined;
  const rowMeans = rows.map((row) => row.reduce((sum, score) => sum + score, 0) / folds);
  const grandMean = rowMeans.reduce((sum, mean) => sum + mean, 0) / rows.length;
  const columnMeans = rows[0]!.map((_, fold) => rows.reduce((sum, row) => sum + row[fold]!, 0) / rows.length);
  // The median trial's residual: one that is far off in a single fold must not speak for all.
  const residuals = rows.map((row, i) =>
    row.reduce((sum, score, fold) => sum + (score - rowMeans[i]! - columnMeans[fold]! + grandMean) ** 2, 0),
  );
  residuals.sort((a, b) => a - b);
  const middle = residuals[residuals.length >> 1]!;
  const freedom = ((folds - 1) * (rows.length - 1)) / rows.length;
  return middle / freedom / folds;
}

/** The metric whose mean over the folds is the score. */
function objectiveMetric(trials: readonly EndedTrial[]): string | undefined {
  const trial = trials.find(({ folds, score }) => folds.length > 0 && score !== undefined);
  if (trial === undefined) return undefined;
  const tolerance = 1e-9 * Math.max(1, Math.abs(trial.score!));
  return Object.keys(trial.folds[0]!.scores).find((name) => {
    const mean = trial.folds.reduce((sum, { scores }) => sum + (scores[name] ?? Number.NaN), 0) / trial.folds.length;
    return Math.abs(mean - trial.score!) <= tolerance;
  });
}
