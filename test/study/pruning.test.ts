import { describe, expect, test } from 'vitest';
import { createPruner, type PruningSpec } from '../../src/pruners/index.js';
import { PruningJudge } from '../../src/study/pruning-judge.js';
import { StudyState } from '../../src/study/study-state.js';
import type { FoldOutcome, LearningCurve } from '../../src/trial.js';
import { settings, simulate, summary } from './simulation.js';

const PRUNING: readonly PruningSpec[] = [
  { method: 'median', warmup: 0, startup: 2 },
  { method: 'halving', minSteps: 1, factor: 2 },
];

describe.each(PRUNING)('a study pruned by $method', (pruning) => {
  const base = { lag: 4, pruning } as const;

  test('gives up the same trials for any number of slots and any order in which folds end', async () => {
    const { state } = await simulate({ slots: 1, seed: 0, ...base });
    const givenUp = state.trials.filter((trial) => trial.state === 'raced-out');
    expect(givenUp.length).toBeGreaterThan(5);
    expect(state.trials.filter((trial) => trial.state === 'completed').length).toBeGreaterThan(5);
    // The first four have nobody to be compared with.
    expect(Math.min(...givenUp.map(({ number }) => number))).toBeGreaterThanOrEqual(4);
    for (let seed = 1; seed <= 30; seed++) {
      const other = await simulate({ slots: 1 + (seed % 12), seed, ...base });
      expect(summary(other.state), `seed ${seed}`).toBe(summary(state));
    }
  });

  test('gives up the same trials after it was interrupted anywhere', async () => {
    const reference = summary((await simulate({ slots: 1, seed: 0, ...base })).state);
    for (let stop = 1; stop <= 60; stop += 7) {
      const first = await simulate({ slots: 5, seed: stop, ...base, interruptAfter: stop });
      expect(first.state.status).toBe('interrupted');
      const before = [...first.events, { type: 'resumed' } as const];
      const { state } = await simulate({ slots: 3, seed: stop + 1, ...base, before });
      expect(summary(state), `stopped after ${stop}`).toBe(reference);
    }
  });
});

describe('the judge', () => {
  const PRUNER = createPruner({ method: 'median', warmup: 0, startup: 1 }, 'maximize');
  const curve = (value: number): LearningCurve => [[1, value]];
  const completed = (value: number): FoldOutcome => ({
    state: 'completed',
    scores: { score: value },
    fitSeconds: 0,
    scoreSeconds: 0,
    curve: curve(value),
  });
  const givenUp = (value: number): FoldOutcome => ({ state: 'raced-out', reason: 'behind', curve: curve(value) });

  /** A study of two folds a trial. */
  function judgeOf(lag: number, ...trials: readonly (readonly FoldOutcome[])[]) {
    const state = new StudyState({ ...settings, foldCount: 2 });
    for (const [trial, outcomes] of trials.entries()) {
      state.apply({ type: 'trial', trial, params: { x: trial } });
      // The last fold first: what comes after the end of a trial is not taken in anyway.
      for (let fold = outcomes.length - 1; fold >= 0; fold--) {
        state.apply({ type: 'fold', trial, fold, outcome: outcomes[fold]! });
      }
    }
    return new PruningJudge(PRUNER, state, lag);
  }

  test('compares a fold with the same fold of trials that lie a lag back', () => {
    const judge = judgeOf(2, [completed(0.5), completed(0.1)], [completed(0.9), completed(0.9)]);
    expect(judge.verdict(2, 0, curve(0.4))).toEqual({
      state: 'raced-out',
      reason: 'behind at step 1 with 0.4 (search.pruning)',
      curve: curve(0.4),
    });
    expect(judge.verdict(2, 0, curve(0.6))).toBeUndefined();
    expect(judge.verdict(2, 1, curve(0.4))).toBeUndefined();
    // Nothing lies so far back.
    expect(judge.verdict(1, 0, curve(0.1))).toBeUndefined();
  });

  test('reads no fold beyond the one that ended a trial: whether it ran depends on the workers', () => {
    const alone = judgeOf(1, [givenUp(0.2)]);
    const beside = judgeOf(1, [givenUp(0.2), completed(0.9)]);
    for (const judge of [alone, beside]) {
      expect(judge.verdict(1, 0, curve(0.1))?.state).toBe('raced-out');
      expect(judge.verdict(1, 1, curve(0.1))).toBeUndefined();
    }
  });
});
