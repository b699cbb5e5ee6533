import { classificationMetric } from './define-metric.js';
import { type RankingScores, rankingScores } from './ranking-scores.js';

/**
 * Area under the ROC curve: the chance that a positive row scores above a negative one, a tie counting half (the
 * Mann-Whitney statistic). With more than two classes the mean of one class against the rest, each class counting
 * alike, as scikit-learn's `roc_auc_score(multi_class='ovr', average='macro')`. NaN when a class has no rows, or all.
 */
export const rocAuc = classificationMetric({
  name: 'roc_auc',
  goal: 'maximize',
  summary: 'area under the ROC curve; more than two classes: mean of one against the rest',
  needs: 'ranking',
  binaryOnly: false,
  score(truth, predicted) {
    if (truth.classes.length === 2) return area(rankingScores(truth, predicted, truth.positive));
    let sum = 0;
    for (let label = 0; label < truth.classes.length; label++) sum += area(rankingScores(truth, predicted, label));
    return sum / truth.classes.length;
  },
});

function area(scores: RankingScores | undefined): number {
  if (scores === undefined) return Number.NaN;
  const { positives, negatives } = scores;
  let below = 0;
  let notAbove = 0;
  let wins = 0;
  for (let i = 0; i < positives.length; i++) {
    const score = positives[i]!;
    while (below < negatives.length && negatives[below]! < score) below++;
    while (notAbove < negatives.length && negatives[notAbove]! <= score) notAbove++;
    wins += below + (notAbove - below) / 2;
  }
  return wins / (positives.length * negatives.length);
}
