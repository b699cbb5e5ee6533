import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JournalEvent } from '../../src/journal/journal-event.js';
import { buildLeaderboard } from '../../src/leaderboard/build-leaderboard.js';
import { LeaderboardBuilder } from '../../src/leaderboard/leaderboard-builder.js';
import { StudyState } from '../../src/study/study-state.js';
import { completed, exampleState, FOREST, SETTINGS, SVM, studyState } from './study.js';

function boardOf(builder: LeaderboardBuilder) {
  const { head, rows } = builder.snapshot();
  return { ...head, rows: [...rows()] };
}

describe('LeaderboardBuilder', () => {
  test('after every event it is the leaderboard that would be built anew', () => {
    const step = fc.record({
      trial: fc.nat(11),
      fold: fc.nat(1),
      score: fc.constantFrom(0, 0.5, 0.75, 1),
      fails: fc.integer({ min: 0, max: 5 }).map((draw) => draw === 0),
    });
    const settings = { ...SETTINGS, foldCount: 2 };
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 40 }),
        fc.constantFrom(undefined, 3),
        fc.constantFrom<Extract<JournalEvent, { type: 'finished' }>['reason']>('wall', 'trials'),
        (steps, patience, reason) => {
          const state = new StudyState({ ...settings, patience });
          const builder = new LeaderboardBuilder(state);
          for (const { trial, fold, score, fails } of steps) {
            while (state.proposed <= trial) state.apply({ type: 'trial', trial: state.proposed, params: SVM });
            const outcome = fails ? ({ state: 'failed', reason: 'singular' } as const) : completed(score);
            state.apply({ type: 'fold', trial, fold, outcome });
            expect(boardOf(builder)).toEqual(buildLeaderboard(state));
          }
          state.apply({ type: 'finished', reason });
          expect(boardOf(builder)).toEqual(buildLeaderboard(state));
          // Every trial that counts has its row once, for none runs any more.
          const numbers = boardOf(builder).rows.map((row) => row.trial);
          expect([...numbers].sort((a, b) => a! - b!)).toEqual(state.trials.map(({ number }) => number));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a snapshot stays what it is, though its rows are read later', () => {
    const state = exampleState();
    const builder = new LeaderboardBuilder(state);
    const { head, rows } = builder.snapshot();
    const before = [...rows()];
    for (let fold = 1; fold < 3; fold++) state.apply({ type: 'fold', trial: 4, fold, outcome: completed(1) });
    expect(boardOf(builder).rows[0]!.trial).toBe(4);
    expect([...rows()]).toEqual(before);
    expect(head.trials.completed).toBe(3);
  });

  test('trials past the stop are left out, also those that ended before it', () => {
    const state = studyState([], { settings: { patience: 1, foldCount: 1 } });
    const builder = new LeaderboardBuilder(state);
    for (let trial = 0; trial < 4; trial++) state.apply({ type: 'trial', trial, params: FOREST });
    state.apply({ type: 'fold', trial: 3, fold: 0, outcome: completed(1) });
    expect(boardOf(builder).rows.map((row) => row.trial)).toEqual([3]);
    for (const [trial, score] of [0.5, 0.25].entries()) {
      state.apply({ type: 'fold', trial, fold: 0, outcome: completed(score) });
    }
    expect(boardOf(builder).rows.map((row) => row.trial)).toEqual([0, 1]);
  });

  test('a trial that the end cancelled is back when the study is resumed', () => {
    const state = exampleState();
    const builder = new LeaderboardBuilder(state);
    state.apply({ type: 'finished', reason: 'wall' });
    expect(boardOf(builder).rows.at(-1)).toMatchObject({ trial: 4, state: 'cancelled', rank: null });
    state.apply({ type: 'resumed' });
    for (let fold = 1; fold < 3; fold++) state.apply({ type: 'fold', trial: 4, fold, outcome: completed(1) });
    expect(boardOf(builder).rows[0]).toMatchObject({ trial: 4, rank: 1 });
  });
});
