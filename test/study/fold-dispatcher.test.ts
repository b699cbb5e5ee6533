import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Executor, RunOptions } from '../../src/executors/executor.js';
import { FoldDispatcher } from '../../src/study/fold-dispatcher.js';
import { Reporters } from '../../src/study/reporters.js';
import { StudyState } from '../../src/study/study-state.js';
import type { TrialTasks } from '../../src/study/task-factory.js';
import type { FoldOutcome } from '../../src/trial.js';
import { settings } from './simulation.js';

const DONE: FoldOutcome = { state: 'completed', scores: { score: 1 }, fitSeconds: 0, scoreSeconds: 0 };

const tasks: TrialTasks = (fold) => ({
  trial: 0,
  fold,
  model: 'm',
  trainer: 'm',
  params: {},
  seed: fold,
  preprocessing: { impute: 'none', encode: 'onehot', scale: 'none' },
});

/** Two slots, and places for six folds; a fold ends when it is told to. */
function dispatch(folds: number) {
  const ends = new Map<number, () => void>();
  const executor: Executor = {
    slots: 2,
    capacity: 6,
    run: (task) => new Promise((resolve) => ends.set(task.fold, () => resolve(DONE))),
    close: async () => {},
  };
  const state = new StudyState({ ...settings, foldCount: folds });
  state.apply({ type: 'trial', trial: 0, params: {} });
  const shown: (number | undefined)[] = [undefined, undefined];
  const reporters = new Reporters([
    {
      onSlot: (slot, task) => {
        shown[slot] = task?.fold;
      },
    },
  ]);
  const listener = { ended() {}, cancelled() {}, failed() {} };
  const dispatcher = new FoldDispatcher({ state, executor, limits: {}, reporters }, listener);
  dispatcher.enqueue(0, tasks);
  const end = async (fold: number) => {
    ends.get(fold)!();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { dispatcher, shown, end };
}

describe('what a slot is shown to run', () => {
  test('is the oldest fold of those handed over, also where more of them wait than there are slots', async () => {
    const { dispatcher, shown, end } = dispatch(5);
    while (dispatcher.startNext());
    expect(shown).toEqual([0, 1]);
    await end(1);
    expect(shown).toEqual([0, 2]);
    await end(0);
    expect(shown).toEqual([3, 2]);
    // One that only waited.
    await end(4);
    expect(shown).toEqual([3, 2]);
    await end(3);
    expect(shown).toEqual([undefined, 2]);
    await end(2);
    expect(shown).toEqual([undefined, undefined]);
  });

  test('follows a fold that starts when another ended', async () => {
    const { dispatcher, shown, end } = dispatch(3);
    dispatcher.startNext();
    expect(shown).toEqual([0, undefined]);
    await end(0);
    dispatcher.startNext();
    dispatcher.startNext();
    expect(shown).toEqual([1, 2]);
  });
});

describe('a learning curve', () => {
  /** A fold whose reports and end are the test's; `onReport` may be called whenever. */
  async function reportTo(report: (onReport: (step: number, value: number) => void) => void) {
    let onReport: (step: number, value: number) => void = () => {};
    let resolve: (outcome: FoldOutcome) => void = () => {};
    const executor: Executor = {
      slots: 1,
      capacity: 1,
      run: (_task, options) => {
        onReport = options!.onReport!;
        return new Promise((settle) => {
          resolve = settle;
        });
      },
      close: async () => {},
    };
    const state = new StudyState({ ...settings, foldCount: 1 });
    state.apply({ type: 'trial', trial: 0, params: {} });
    const ended: FoldOutcome[] = [];
    const listener = {
      ended: (_: unknown, __: number, outcome: FoldOutcome) => ended.push(outcome),
      cancelled() {},
      failed() {},
    };
    const dispatcher = new FoldDispatcher({ state, executor, limits: {}, reporters: new Reporters([]) }, listener);
    dispatcher.enqueue(0, tasks);
    dispatcher.startNext();
    report(onReport);
    resolve(DONE);
    await new Promise((settle) => setImmediate(settle));
    onReport(9, 9);
    return ended[0]!.curve;
  }

  test('is what was reported while the fold ran, and nothing later', async () => {
    expect(
      await reportTo((onReport) => {
        onReport(1, 0.5);
        onReport(2, 0.6);
      }),
    ).toEqual([
      [1, 0.5],
      [2, 0.6],
    ]);
  });

  test('goes on where it was when the worker was lost and another one begins anew', async () => {
    expect(
      await reportTo((onReport) => {
        for (const step of [1, 2]) onReport(step, step / 10);
        for (const step of [1, 2, 3]) onReport(step, step / 10);
      }),
    ).toEqual([
      [1, 0.1],
      [2, 0.2],
      [3, 0.3],
    ]);
  });
});

describe('a limit of time', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  test('is not for the time from the loss of a worker until another one takes the fold up', () => {
    let given: RunOptions = {};
    const executor: Executor = {
      slots: 1,
      capacity: 1,
      run: (_task, options) => {
        given = options!;
        return new Promise(() => {});
      },
      close: async () => {},
    };
    const state = new StudyState({ ...settings, foldCount: 1 });
    state.apply({ type: 'trial', trial: 0, params: {} });
    const listener = { ended() {}, cancelled() {}, failed() {} };
    const limits = { foldMs: 1000 };
    const dispatcher = new FoldDispatcher({ state, executor, limits, reporters: new Reporters([]) }, listener);
    dispatcher.enqueue(0, tasks);
    dispatcher.startNext();
    given.onStart!();
    vi.advanceTimersByTime(999);
    given.onLost!();
    vi.advanceTimersByTime(60_000);
    expect(given.signal!.aborted).toBe(false);
    given.onStart!();
    vi.advanceTimersByTime(1000);
    expect(given.signal!.aborted).toBe(true);
  });
});
