import { PassThrough } from 'node:stream';
import { describe, expect, test, vi } from 'vitest';
import { createProgress } from '../../src/cli/progress/create-progress.js';
import { failureSummary } from '../../src/cli/progress/failure-summary.js';
import { PlainProgress } from '../../src/cli/progress/plain-progress.js';
import { formatSnapshot, StudyProgress } from '../../src/cli/progress/study-progress.js';
import { TerminalProgress } from '../../src/cli/progress/terminal-progress.js';
import type { TrialView } from '../../src/study/study-state.js';
import type { FailureState } from '../../src/trial.js';
import type { FoldTask } from '../../src/validation/fold-task.js';
import { completed, exampleState, FOREST, SVM, studyState } from '../leaderboard/study.js';

describe('StudyProgress', () => {
  test('counts trials and folds, and names the best', () => {
    const snapshot = new StudyProgress(exampleState(), 0).snapshot(0);
    expect(snapshot).toEqual({
      trialsDone: 4,
      trialsPlanned: 5,
      // Three folds of each of the four that ended, one of the one that runs.
      foldsDone: 13,
      foldsPlanned: 15,
      failed: 1,
      leftMs: undefined,
      best: 'accuracy 0.9000, trial 1: forest scale=none max_depth=null',
    });
  });

  test('estimates the time left from what was done since the start', () => {
    const state = studyState([{ params: SVM, folds: [completed(1), completed(1), completed(1)] }]);
    const progress = new StudyProgress(state, 1000);
    state.apply({ type: 'trial', trial: 1, params: FOREST });
    for (let fold = 0; fold < 3; fold++) state.apply({ type: 'fold', trial: 1, fold, outcome: completed(0.5) });
    // 3 folds in 6 s; of 15, 9 are left.
    expect(progress.snapshot(7000).leftMs).toBe(18_000);
  });

  test('counting what is new gives what counting everything gives', () => {
    const state = studyState([], { settings: { patience: 3, foldCount: 2 } });
    const progress = new StudyProgress(state, 0);
    for (let trial = 0; trial < 8; trial++) {
      state.apply({ type: 'trial', trial, params: SVM });
      // Trial 2 ends after all others, and trial 1 fails.
      const fold = (number: number, at: number) =>
        state.apply({
          type: 'fold',
          trial: number,
          fold: at,
          outcome: number === 1 ? { state: 'failed', reason: 'singular' } : completed(0.5),
        });
      fold(trial, 0);
      if (trial !== 2) fold(trial, 1);
      if (trial === 7) fold(2, 1);
      const { leftMs: _, ...counted } = progress.snapshot(0);
      expect(new StudyProgress(state, 0).snapshot(0)).toMatchObject(counted);
    }
    // Three trials without an improvement on the first: those after them do not count.
    expect(progress.snapshot(0)).toMatchObject({ trialsDone: 4, foldsDone: 8, failed: 1 });
  });

  test('prints one line', () => {
    expect(formatSnapshot(new StudyProgress(exampleState(), 0).snapshot(0))).toBe(
      '4/5 trials · 13/15 folds · 1 failed · best accuracy 0.9000, trial 1: forest scale=none max_depth=null',
    );
    const empty = studyState([], { settings: { planned: undefined } });
    expect(formatSnapshot(new StudyProgress(empty, 0).snapshot(0))).toBe('0 trials · 0 folds · no score yet');
  });
});

describe('failureSummary', () => {
  const failed = (number: number, reason: string, state: FailureState = 'failed'): TrialView => ({
    number,
    params: {},
    state,
    score: undefined,
    reason,
    folds: [],
  });

  test('groups by reason, the most frequent first', () => {
    const trials = [failed(0, 'singular'), failed(1, 'over 2m', 'timed-out'), failed(2, 'over 2m', 'timed-out')];
    expect(failureSummary(trials, 'churn')).toEqual([
      '3 of 3 trials failed:',
      '  2 x timed-out: over 2m (trials 1, 2)',
      '  1 x failed: singular (trial 0)',
    ]);
  });

  test('what programs printed makes no groups; a last line that all of one share is shown', () => {
    const reason = (said: string) => `python3 exited with 1; it said:\n${said}`;
    const shared = [failed(0, reason('at 1\nno data')), failed(1, reason('at 2\nno data'))];
    expect(failureSummary(shared, 'churn').slice(1)).toEqual([
      '  2 x failed: python3 exited with 1; it said: no data (trials 0, 1)',
    ]);
    const different = [failed(0, reason('loss 1')), failed(1, reason('loss 2'))];
    expect(failureSummary(different, 'churn').slice(1)).toEqual(['  2 x failed: python3 exited with 1 (trials 0, 1)']);
  });

  test('has at most five lines below the headline, none of which disturbs a terminal', () => {
    const trials = Array.from({ length: 40 }, (_, i) => failed(i, `reason ${i % 10}\u001b[2J\nand more`));
    const lines = failureSummary(trials, 'churn');
    expect(lines).toHaveLength(6);
    for (const character of ['\n', '\u001b']) expect(lines.join('')).not.toContain(character);
    expect(lines.at(-1)).toContain('24 more for 6 other reasons: see `cml leaderboard churn --sort trial`');
  });

  test('is empty when nothing failed', () => {
    const completed: TrialView = { number: 0, params: {}, state: 'completed', score: 1, reason: undefined, folds: [] };
    const cancelled: TrialView = { ...completed, state: 'cancelled', score: undefined, reason: 'not ended' };
    expect(failureSummary([completed, cancelled], 'churn')).toEqual([]);
  });
});

describe('PlainProgress', () => {
  test('prints at the start, at every interval, and at the end', async () => {
    vi.useFakeTimers();
    try {
      const lines: string[] = [];
      let nowMs = 0;
      const progress = new PlainProgress({ write: (text) => lines.push(text), intervalMs: 1000, now: () => nowMs });
      const state = studyState([]);
      progress.onStart(state, 2);
      expect(lines).toEqual(['churn: 5 trials x 3 folds on 2 workers\n']);
      nowMs = 1000;
      vi.advanceTimersByTime(1000);
      state.apply({ type: 'trial', trial: 0, params: SVM });
      state.apply({ type: 'fold', trial: 0, fold: 0, outcome: { state: 'failed', reason: 'singular' } });
      state.apply({ type: 'trial', trial: 1, params: FOREST });
      for (let fold = 0; fold < 3; fold++) state.apply({ type: 'fold', trial: 1, fold, outcome: completed(0.5) });
      vi.advanceTimersByTime(999);
      expect(lines).toHaveLength(2);
      nowMs = 2500;
      await progress.onEnd(state);
      expect(lines.slice(2)).toEqual([expect.stringMatching(/^2\/5 trials · 6\/15 folds · 1 failed .* took 2\.5s\n$/)]);
      vi.advanceTimersByTime(60_000);
      expect(lines).toHaveLength(3);
    } finally {
      vi.useRealTimers();
    }
  });
});

/** A terminal of 60 x 20 that remembers what was written to it. */
function terminal() {
  const written: string[] = [];
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 60, rows: 20 });
  stream.on('data', (chunk: Buffer) => written.push(chunk.toString()));
  return { stream, text: () => written.join('') };
}

describe('TerminalProgress', () => {
  test('shows trials, folds, the best and what each worker runs, and restores the terminal', async () => {
    const { stream, text } = terminal();
    const progress = new TerminalProgress(stream, () => 0);
    const state = exampleState();
    progress.onStart(state, 2);
    const task: FoldTask = {
      trial: 4,
      fold: 1,
      model: 'forest',
      trainer: 'forest',
      params: {},
      preprocessing: { impute: 'median', encode: 'onehot', scale: 'standard' },
      seed: 1,
    };
    progress.onSlot(0, task);
    progress.note('careful');
    await progress.onEnd();
    const shown = text();
    expect(shown).toContain('4/5 done · 1 failed');
    expect(shown).toContain('13/15 done');
    expect(shown).toContain('best    accuracy 0.9000, trial 1');
    expect(shown).toContain('worker 1 trial 4 fold 2/3 0.0s forest');
    expect(shown).toContain('worker 2 idle');
    expect(shown).toContain('careful\n');
    // The cursor is hidden and wrapping is off while the rows are drawn; both come back.
    expect(shown.lastIndexOf('\u001b[?25h')).toBeGreaterThan(shown.lastIndexOf('\u001b[?25l'));
    expect(shown.lastIndexOf('\u001b[?7h')).toBeGreaterThan(shown.lastIndexOf('\u001b[?7l'));
    const count = process.listenerCount('exit');
    progress.stop();
    expect(process.listenerCount('exit')).toBe(count);
  });

  test('shows no more workers than there are lines', () => {
    const { stream, text } = terminal();
    const progress = new TerminalProgress(stream, () => 0);
    progress.onStart(exampleState(), 64);
    progress.stop();
    expect(text()).toContain('and 50 more workers');
    expect(text()).not.toContain('worker 15');
  });

  test('does nothing per event but to note what a slot runs', () => {
    const { stream, text } = terminal();
    const progress = new TerminalProgress(stream, () => 0);
    progress.onStart(exampleState(), 2);
    const before = text();
    for (let i = 0; i < 10_000; i++) progress.onSlot(i % 2, undefined);
    expect(text()).toBe(before);
    progress.stop();
  });
});

describe('createProgress', () => {
  test('redraws on a terminal only, and never in CI', async () => {
    const { stream } = terminal();
    expect(await createProgress(stream, {})).toBeInstanceOf(TerminalProgress);
    expect(await createProgress(stream, { CI: 'true' })).toBeInstanceOf(PlainProgress);
    expect(await createProgress(stream, { TERM: 'dumb' })).toBeInstanceOf(PlainProgress);
    const pipe = new PassThrough();
    expect(await createProgress(pipe, {})).toBeInstanceOf(PlainProgress);
  });
});
