import { describe, expect, test } from 'vitest';
import type { JournalEvent } from '../../src/journal/journal-event.js';
import type { Sampler } from '../../src/samplers/sampler.js';
import { StudyState } from '../../src/study/study-state.js';
import { settings, simulate, summary } from './simulation.js';

describe('one study, one answer', () => {
  test.each([
    ['a lag of 1', { lag: 1 }],
    ['a lag of 8', { lag: 8 }],
    ['patience', { lag: 4, settings: { patience: 6 } }],
    ['a target', { lag: 4, settings: { target: 0.98 } }],
  ])('with %s, for any number of workers and any order of completion', async (_, options) => {
    const reference = summary((await simulate({ slots: 1, seed: 0, ...options })).state);
    for (let seed = 1; seed <= 60; seed++) {
      const { state } = await simulate({ slots: 1 + (seed % 9), seed, ...options });
      expect(summary(state)).toBe(reference);
    }
  });

  test('a sampler that reads no results waits for nothing and gives the same', async () => {
    const spread: Sampler = { suggest: (trial) => ({ x: (trial * 0.618) % 1 }) };
    const options = { sampler: spread, settings: { patience: 10 } };
    const reference = summary((await simulate({ slots: 1, seed: 0, ...options })).state);
    for (let seed = 1; seed <= 60; seed++) {
      expect(summary((await simulate({ slots: 1 + (seed % 16), seed, ...options })).state)).toBe(reference);
    }
  });

  test('interrupted anywhere and continued, again and again', async () => {
    const reference = summary((await simulate({ slots: 1, seed: 0, lag: 4 })).state);
    for (let seed = 1; seed <= 40; seed++) {
      let before: readonly JournalEvent[] = [];
      for (let stops = 0; stops < 50; stops++) {
        const run = await simulate({
          slots: 1 + (seed % 5),
          seed: seed + stops,
          lag: 4,
          before,
          interruptAfter: 3 + (seed % 17),
        });
        before = run.events;
        if (run.state.status === 'finished') break;
        expect(run.state.status).toBe('interrupted');
      }
      const state = new StudyState(settings);
      for (const event of before) state.apply(event);
      expect(summary(state)).toBe(reference);
    }
  });

  test('from any prefix of a journal, as a kill leaves it', async () => {
    const whole = await simulate({ slots: 3, seed: 5, lag: 4 });
    const reference = summary(whole.state);
    for (let length = 0; length < whole.events.length; length += 3) {
      const { state } = await simulate({ slots: 2, seed: length, lag: 4, before: whole.events.slice(0, length) });
      expect(summary(state)).toBe(reference);
    }
  });

  test('a finished part is never done again', async () => {
    const first = await simulate({ slots: 3, seed: 1, lag: 4, interruptAfter: 50 });
    const second = await simulate({ slots: 3, seed: 2, lag: 4, before: first.events });
    const whole = await simulate({ slots: 3, seed: 3, lag: 4 });
    expect(first.state.foldsDone).toBeGreaterThan(20);
    expect(summary(second.state)).toBe(summary(whole.state));
    const seen = second.events.filter((event) => event.type === 'fold').map((event) => `${event.trial}/${event.fold}`);
    expect(new Set(seen).size).toBe(seen.length);
  });
});

describe('what watches a study', () => {
  test('never changes it; what a reporter throws is thrown when the study is over', async () => {
    const broken = {
      onEvent() {
        throw new Error('broken reporter');
      },
    };
    let ended: StudyState | undefined;
    const watching = {
      async onEnd(state: StudyState) {
        ended = state;
      },
    };
    await expect(simulate({ slots: 2, seed: 1, lag: 4, reporters: [broken, watching] })).rejects.toThrow(
      'broken reporter',
    );
    expect(summary(ended!)).toBe(summary((await simulate({ slots: 2, seed: 1, lag: 4 })).state));
  });

  test('sees every slot taken up and left', async () => {
    const slots = new Map<number, number>();
    const onSlot = (slot: number, task: unknown) =>
      slots.set(slot, (slots.get(slot) ?? 0) + (task === undefined ? -1 : 1));
    await simulate({ slots: 3, seed: 1, lag: 4, reporters: [{ onSlot }] });
    expect([...slots.entries()].sort()).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
    ]);
  });
});

describe('the end of a study', () => {
  test('all trials planned', async () => {
    const { state } = await simulate({ slots: 2, seed: 1, lag: 4 });
    expect(state).toMatchObject({ status: 'finished', stopped: 'trials' });
    expect(state.trials.length).toBe(40);
  });

  test('a space that is exhausted', async () => {
    const three: Sampler = { suggest: (trial) => (trial < 3 ? { x: trial / 4 } : undefined) };
    const { state } = await simulate({ slots: 2, seed: 1, sampler: three });
    expect(state).toMatchObject({ status: 'finished', stopped: 'exhausted' });
    expect(state.trials.length).toBe(3);
  });

  test('interrupted before it began: nothing is started, and it can go on', async () => {
    const stopped = await simulate({ slots: 2, seed: 1, lag: 4, interruptAfter: 0 });
    expect(stopped.state.status).toBe('interrupted');
    expect(stopped.started).toBe(0);
    const { state } = await simulate({ slots: 2, seed: 1, lag: 4, before: stopped.events });
    expect(state.status).toBe('finished');
  });

  test('by the clock: what ended keeps its rank, what did not is cancelled, the winner is scored on the holdout', async () => {
    const { state, events } = await simulate({ slots: 2, seed: 1, settings: { planned: 100_000 }, wallMs: 100 });
    expect(state).toMatchObject({ status: 'finished', stopped: 'wall' });
    expect(new Set(state.trials.map((trial) => trial.state))).toEqual(new Set(['completed', 'failed', 'cancelled']));
    expect(state.best).toEqual(state.trials.reduce((a, b) => ((b.score ?? 0) > (a.score ?? 0) ? b : a)));
    expect(state.baseline?.score).toBeCloseTo(0.1);
    expect(events.at(-2)).toMatchObject({ type: 'holdout', trial: state.best!.number });
    expect(events.at(-1)).toEqual({ type: 'finished', reason: 'wall' });
  });

  test('a sampler that breaks ends the study with its error', async () => {
    const broken: Sampler = {
      suggest() {
        throw new Error('no such thing');
      },
    };
    await expect(simulate({ slots: 2, seed: 1, sampler: broken })).rejects.toThrow('no such thing');
  });
});
