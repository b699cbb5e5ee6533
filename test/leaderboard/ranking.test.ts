import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EMPTY_RANKING, mergeRankings, placeOf, rankingUpTo, rankTrials } from '../../src/leaderboard/ranking.js';
import type { EndedTrial, Goal } from '../../src/trial.js';

function trial(number: number, score: number): EndedTrial {
  return { number, params: {}, state: 'completed', score, reason: undefined, folds: [] };
}

const goal = fc.constantFrom<Goal>('maximize', 'minimize');
/** Few values, so that many are equal. */
const scores = fc.array(fc.constantFrom(Number.NEGATIVE_INFINITY, -1, 0, 0.5, 2, Number.POSITIVE_INFINITY));

/** What the words say, by sorting objects. */
function expected(trials: readonly EndedTrial[], goal: Goal): readonly number[] {
  const byNumber = [...trials].sort((a, b) => a.number - b.number);
  const better = (a: number, b: number) => (goal === 'maximize' ? a > b : a < b);
  return byNumber
    .sort((a, b) => (better(a.score!, b.score!) ? -1 : better(b.score!, a.score!) ? 1 : 0))
    .map(({ number }) => number);
}

test('taken up in parts, in any order, trials rank as they do at once: by score, then by number', () => {
  fc.assert(
    fc.property(goal, scores, fc.integer({ min: 1, max: 5 }), (goal, values, parts) => {
      const trials = values.map((score, number) => trial(number, score));
      let merged = EMPTY_RANKING;
      for (let part = 0; part < parts; part++) {
        const some = trials.filter(({ number }) => number % parts === parts - 1 - part).reverse();
        merged = mergeRankings(merged, rankTrials(some, goal), goal);
      }
      expect([...merged.trials]).toEqual(expected(trials, goal));
      expect([...merged.scores]).toEqual([...merged.trials].map((number) => values[number]));
    }),
  );
});

test('the place of a score is behind all that are at least as good', () => {
  fc.assert(
    fc.property(goal, scores, fc.constantFrom(-1, 0.25, 0.5), (goal, values, score) => {
      const ranking = rankTrials(
        values.map((value, number) => trial(number, value)),
        goal,
      );
      const notWorse = values.filter((value) => (goal === 'maximize' ? value >= score : value <= score));
      expect(placeOf(score, ranking, goal)).toBe(notWorse.length);
    }),
  );
});

test('trials beyond the last that counts are left out', () => {
  const ranking = rankTrials([trial(0, 1), trial(1, 3), trial(2, 2), trial(3, 4)], 'maximize');
  const { trials, scores } = rankingUpTo(ranking, 2);
  expect([[...trials], [...scores]]).toEqual([
    [1, 2, 0],
    [3, 2, 1],
  ]);
});
