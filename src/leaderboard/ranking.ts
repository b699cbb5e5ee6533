import type { EndedTrial, Goal } from '../trial.js';

/** Completed trials by rank: the better score first, the lower number first among equals. */
export interface Ranking {
  /** Trial numbers. */
  readonly trials: Int32Array;
  /** Their scores, same length. */
  readonly scores: Float64Array;
}

export const EMPTY_RANKING: Ranking = { trials: new Int32Array(0), scores: new Float64Array(0) };

/** @param completed in any order. */
export function rankTrials(completed: readonly EndedTrial[], goal: Goal): Ranking {
  const keys = new Float64Array(completed.length);
  const order = new Int32Array(completed.length);
  for (let i = 0; i < order.length; i++) {
    keys[i] = badness(completed[i]!.score!, goal);
    order[i] = i;
  }
  order.sort((a, b) => {
    if (keys[a]! < keys[b]!) return -1;
    return keys[a]! > keys[b]! ? 1 : completed[a]!.number - completed[b]!.number;
  });
  const trials = new Int32Array(order.length);
  const scores = new Float64Array(order.length);
  for (let rank = 0; rank < order.length; rank++) {
    const { number, score } = completed[order[rank]!]!;
    trials[rank] = number;
    scores[rank] = score!;
  }
  return { trials, scores };
}

/** One ranking of two that share no trial, in time proportional to their length. */
export function mergeRankings(a: Ranking, b: Ranking, goal: Goal): Ranking {
  if (b.trials.length === 0) return a;
  const length = a.trials.length + b.trials.length;
  const trials = new Int32Array(length);
  const scores = new Float64Array(length);
  let i = 0;
  let j = 0;
  for (let rank = 0; rank < length; rank++) {
    const fromA = j === b.trials.length || (i < a.trials.length && isBefore(a, i, b, j, goal));
    const [source, index] = fromA ? [a, i++] : [b, j++];
    trials[rank] = source.trials[index]!;
    scores[rank] = source.scores[index]!;
  }
  return { trials, scores };
}

/** Without the trials beyond the last that counts. */
export function rankingUpTo(ranking: Ranking, last: number): Ranking {
  const kept = ranking.trials.map((trial) => (trial <= last ? 1 : 0));
  return {
    trials: ranking.trials.filter((_, rank) => kept[rank] === 1),
    scores: ranking.scores.filter((_, rank) => kept[rank] === 1),
  };
}

/** How many trials are at least as good as a score. */
export function placeOf(score: number, { scores }: Ranking, goal: Goal): number {
  const key = badness(score, goal);
  let low = 0;
  let high = scores.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (badness(scores[middle]!, goal) <= key) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isBefore(a: Ranking, i: number, b: Ranking, j: number, goal: Goal): boolean {
  const left = badness(a.scores[i]!, goal);
  const right = badness(b.scores[j]!, goal);
  return left < right || (left === right && a.trials[i]! < b.trials[j]!);
}

/** What ascends from the best to the worst. */
function badness(score: number, goal: Goal): number {
  return goal === 'maximize' ? -score : score;
}
