import { describe, expect, test } from 'vitest';
import type { StudySettings } from '../../src/journal/study-settings.js';
import { StudyState } from '../../src/study/study-state.js';
import type { FoldOutcome } from '../../src/trial.js';

const settings: StudySettings = {
  name: 's',
  metrics: ['accuracy'],
  goal: 'maximize',
  foldCount: 2,
  holdoutRows: 0,
  parameters: ['x'],
};
const done = (score: number): FoldOutcome => ({
  state: 'completed',
  scores: { accuracy: score },
  fitSeconds: 0.25,
  scoreSeconds: 0.25,
});
const failed: FoldOutcome = { state: 'failed', reason: 'why' };

function stateWith(trials: number, extra: Partial<StudySettings> = {}): StudyState {
  const state = new StudyState({ ...settings, ...extra });
  for (let trial = 0; trial < trials; trial++) state.apply({ type: 'trial', trial, params: { x: trial } });
  return state;
}

/** Ends a trial whose two folds score around the mean. */
function complete(state: StudyState, trial: number, score: number): void {
  state.apply({ type: 'fold', trial, fold: 1, outcome: done(score + 0.125) });
  state.apply({ type: 'fold', trial, fold: 0, outcome: done(score - 0.125) });
}

/** Folds whose outcome the trial waits for. */
function needed(state: StudyState, trial: number): number[] {
  return [...Array(state.settings.foldCount).keys()].filter((fold) => state.needs(trial, fold));
}

describe('study state', () => {
  test('a trial completes with its last fold, in whatever order they end', () => {
    const state = stateWith(1);
    state.apply({ type: 'fold', trial: 0, fold: 1, outcome: done(1) });
    expect(state.trials[0]!.state).toBe('running');
    expect(needed(state, 0)).toEqual([0]);
    expect(state.spentSeconds(0)).toBe(0.5);
    state.apply({ type: 'fold', trial: 0, fold: 0, outcome: done(0.5) });
    expect(state.trials[0]).toMatchObject({ state: 'completed', score: 0.75 });
    expect(state.trials[0]!.folds.map((fold) => fold.scores.accuracy)).toEqual([0.5, 1]);
  });

  test('the first failing fold ends a trial, once those before it are known; later ones are discarded', () => {
    const state = stateWith(1, { foldCount: 3 });
    state.apply({ type: 'fold', trial: 0, fold: 2, outcome: { state: 'failed', reason: 'later' } });
    expect(state.ended(0)).toBeUndefined();
    expect(needed(state, 0)).toEqual([0, 1]);
    state.apply({ type: 'fold', trial: 0, fold: 1, outcome: failed });
    expect(needed(state, 0)).toEqual([0]);
    state.apply({ type: 'fold', trial: 0, fold: 0, outcome: done(1) });
    expect(state.ended(0)).toMatchObject({ state: 'failed', reason: 'why', score: undefined });
    expect(state.ended(0)!.folds.length).toBe(1);
  });

  test('an outcome delivered twice counts once', () => {
    const state = stateWith(1);
    state.apply({ type: 'fold', trial: 0, fold: 0, outcome: done(1) });
    state.apply({ type: 'fold', trial: 0, fold: 0, outcome: done(0) });
    state.apply({ type: 'fold', trial: 0, fold: 1, outcome: done(1) });
    expect(state.best?.score).toBe(1);
    expect(state.foldsDone).toBe(2);
  });

  test('the lower number leads among equals', () => {
    const state = stateWith(3);
    complete(state, 2, 0.5);
    complete(state, 1, 0.5);
    expect(state.best?.number).toBe(1);
    complete(state, 0, 0.25);
    expect(state.best?.number).toBe(1);
  });

  test('minimize: the lowest leads', () => {
    const state = stateWith(2, { goal: 'minimize' });
    complete(state, 0, 0.5);
    complete(state, 1, 0.25);
    expect(state.best?.number).toBe(1);
  });

  test('target: decided in trial order; what ended beyond it does not count', () => {
    const state = stateWith(4, { target: 0.75 });
    complete(state, 3, 0.875);
    complete(state, 1, 0.75);
    expect(state.decision).toBeUndefined();
    expect(state.best?.number).toBe(3);
    complete(state, 0, 0.5);
    expect(state.decision).toEqual({ reason: 'target', last: 1 });
    expect(state.best?.number).toBe(1);
    expect(state.trials.map((trial) => trial.number)).toEqual([0, 1]);
    complete(state, 2, 1);
    expect(state.best?.number).toBe(1);
  });

  test('patience: counted from the last improvement in trial order', () => {
    const scores = [0.5, 0.625, 0.5, 0.625, 0.5, 0.75];
    for (const order of [
      [0, 1, 2, 3, 4, 5],
      [5, 4, 3, 2, 1, 0],
    ]) {
      const state = stateWith(6, { patience: 3 });
      for (const trial of order) complete(state, trial, scores[trial]!);
      expect(state.decision).toEqual({ reason: 'patience', last: 4 });
      expect(state.best?.number).toBe(1);
    }
  });

  test('patience counts trials that failed', () => {
    const state = stateWith(3, { patience: 2 });
    for (const trial of [0, 1]) state.apply({ type: 'fold', trial, fold: 0, outcome: failed });
    expect(state.decision).toEqual({ reason: 'patience', last: 1 });
    expect(state.best).toBeUndefined();
  });

  test('the baseline is no trial', () => {
    const state = stateWith(0);
    for (const fold of [0, 1]) state.apply({ type: 'fold', trial: null, fold, outcome: done(1) });
    expect(state.baseline?.score).toBe(1);
    expect(state.best).toBeUndefined();
    expect(state.trials).toEqual([]);
  });

  test('the holdout counts for the trial it was scored for, while that one leads', () => {
    const state = stateWith(2);
    complete(state, 0, 0.5);
    state.apply({ type: 'holdout', trial: 0, outcome: done(0.5) });
    expect(state.holdout).toEqual(done(0.5));
    complete(state, 1, 0.75);
    expect(state.holdout).toBeUndefined();
  });

  test('an extended study decides as if it had had those settings from the beginning', () => {
    const state = stateWith(6, { patience: 2 });
    const scores = [0.5, 0.25, 0.25, 0.75, 0.5];
    for (const [trial, score] of scores.entries()) complete(state, trial, score);
    expect(state).toMatchObject({ decision: { reason: 'patience', last: 2 }, best: { number: 0 } });
    state.apply({ type: 'finished', reason: 'patience' });
    state.apply({ type: 'extended', source: {}, settings: { ...settings, patience: 3 } });
    expect(state).toMatchObject({ status: 'running', decision: undefined, best: { number: 3 }, endedPrefix: 5 });
    expect(state.settings.patience).toBe(3);
    expect(state.trials[5]!.state).toBe('running');
    state.apply({ type: 'extended', source: {}, settings: { ...settings, patience: 1 } });
    expect(state).toMatchObject({ decision: { reason: 'patience', last: 1 }, best: { number: 0 } });
  });

  test('a trial that had not ended when the study did is cancelled; a resume takes that back', () => {
    const state = stateWith(1);
    expect(state).toMatchObject({ status: 'running', stopped: undefined });
    state.apply({ type: 'finished', reason: 'wall' });
    expect(state).toMatchObject({ status: 'finished', stopped: 'wall' });
    expect(state.trials[0]).toMatchObject({ state: 'cancelled', reason: expect.stringContaining('wall') });
    state.apply({ type: 'resumed' });
    expect(state.trials[0]!.state).toBe('running');
    state.apply({ type: 'interrupted' });
    expect(state).toMatchObject({ status: 'interrupted', stopped: 'interrupted' });
  });
});
