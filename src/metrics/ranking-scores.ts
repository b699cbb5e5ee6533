import type { ClassificationTruth } from './define-metric.js';
import type { Predicted } from './metric.js';

/** The scores of the rows of one class and of all others, each ascending. */
export interface RankingScores {
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

/**
 * How the rows rank by their likeness to `positive`: by decision values where the model has them (two classes), else by
 * the probability of that class. Two sorts of plain numbers replace a sort of row numbers by score.
 *
 * @returns undefined when there is neither, or when `positive` is not the class that decision values speak of.
 */
export function rankingScores(
  truth: ClassificationTruth,
  predicted: Predicted,
  positive: number,
): RankingScores | undefined {
  const { decision, probabilities } = predicted;
  const byDecision = decision !== undefined && truth.classes.length === 2 && positive === truth.positive;
  const scores = byDecision ? decision : probabilities;
  if (scores === undefined) return undefined;
  const stride = byDecision ? 1 : truth.classes.length;
  const offset = byDecision ? 0 : positive;

  const labels = truth.values;
  let count = 0;
  for (let row = 0; row < labels.length; row++) if (labels[row] === positive) count++;
  const positives = new Float64Array(count);
  const negatives = new Float64Array(labels.length - count);
  let nextPositive = 0;
  let nextNegative = 0;
  for (let row = 0; row < labels.length; row++) {
    const score = scores[row * stride + offset]!;
    if (labels[row] === positive) positives[nextPositive++] = score;
    else negatives[nextNegative++] = score;
  }
  return { positives: positives.sort(), negatives: negatives.sort() };
}
