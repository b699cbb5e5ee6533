import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { formatDuration, TrialClock } from '../../src/study/trial-limits.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('trial clock', () => {
  test('aborts a fold over its limit, and only that one', () => {
    const clock = new TrialClock({ foldMs: 1000 }, 0);
    const [first, second] = [new AbortController(), new AbortController()];
    clock.start(0, first);
    vi.advanceTimersByTime(600);
    clock.start(1, second);
    vi.advanceTimersByTime(500);
    expect([first.signal.aborted, second.signal.aborted]).toEqual([true, false]);
    expect(clock.end(0)).toEqual({ state: 'timed-out', reason: 'over 1s (budget.fold)' });
    expect(clock.end(1)).toBeUndefined();
  });

  test('sums the run time of all folds of the trial, those before included', () => {
    const clock = new TrialClock({ trialMs: 2000 }, 500);
    const first = new AbortController();
    clock.start(0, first);
    vi.advanceTimersByTime(700);
    expect(clock.end(0)).toBeUndefined();
    vi.advanceTimersByTime(60_000);
    const [second, third] = [new AbortController(), new AbortController()];
    clock.start(1, second);
    clock.start(2, third);
    vi.advanceTimersByTime(390);
    expect(second.signal.aborted).toBe(false);
    vi.advanceTimersByTime(20);
    expect([second.signal.aborted, third.signal.aborted]).toEqual([true, true]);
    expect(clock.end(1)).toEqual({ state: 'timed-out', reason: 'over 2s (budget.trial)' });
  });

  test('waits for nothing more of a fold that it has aborted, however long its worker takes to go', () => {
    const clock = new TrialClock({ trialMs: 1000, foldMs: 1000 }, 0);
    clock.start(0, new AbortController());
    vi.advanceTimersByTime(1000);
    expect(vi.getTimerCount()).toBe(0);
    expect(clock.end(0)).toMatchObject({ state: 'timed-out' });
  });

  test('stands still from the loss of a worker until another one takes the fold up', () => {
    const clock = new TrialClock({ trialMs: 1000, foldMs: 1000 }, 0);
    const controller = new AbortController();
    clock.start(0, controller);
    vi.advanceTimersByTime(990);
    clock.lose(0);
    vi.advanceTimersByTime(60_000);
    clock.start(0, controller);
    vi.advanceTimersByTime(990);
    expect(controller.signal.aborted).toBe(false);
    vi.advanceTimersByTime(10);
    expect(clock.end(0)).toEqual({ state: 'timed-out', reason: 'over 1s (budget.trial)' });
  });

  test('leaves no timer behind', () => {
    const clock = new TrialClock({ trialMs: 1000, foldMs: 1000 }, 0);
    clock.start(0, new AbortController());
    clock.end(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});

test.each([
  [250, '250ms'],
  [1000, '1s'],
  [1500, '1.5s'],
  [90_000, '1m30s'],
  [120_000, '2m'],
  [5_400_000, '1h30m'],
])('%i ms is written %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});
