import type { Metric, Predicted, Truth } from '../metrics/metric.js';
import type { Scores } from '../trial.js';

/** @throws Error naming the metric that these predictions give no finite score. */
export function scorePredictions(metrics: readonly Metric[], truth: Truth, predicted: Predicted): Scores {
  const scores: Record<string, number> = {};
  for (const metric of metrics) {
    const score = metric.score(truth, predicted);
    if (!Number.isFinite(score)) throw new Error(`${metric.name} must be a finite number, got ${score}`);
    scores[metric.name] = score;
  }
  return scores;
}
