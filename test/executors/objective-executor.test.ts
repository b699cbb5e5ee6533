import { describe, expect, test } from 'vitest';
import { type Objective, ObjectiveExecutor } from '../../src/executors/objective-executor.js';
import type { FoldTask } from '../../src/validation/fold-task.js';

function taskOf(trial: number): FoldTask {
  const preprocessing = { impute: 'none', encode: 'onehot', scale: 'none' } as const;
  return { trial, fold: 2, model: '', trainer: '', params: { x: trial }, seed: 5, preprocessing };
}

function executorOf(objective: Objective) {
  return new ObjectiveExecutor(objective, ['loss', 'size'], 2);
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('objective executor', () => {
  test('hands over parameters and context, and gives the numbers that were asked for', async () => {
    const executor = executorOf((params, { signal, report, ...context }) => {
      expect(report).toBeInstanceOf(Function);
      expect(context).toEqual({ seed: 5, trial: 3, repeat: 2 });
      expect(signal).toBeInstanceOf(AbortSignal);
      return { loss: Number(params.x), size: 1, more: 2 };
    });
    expect(await executor.run(taskOf(3))).toEqual({
      state: 'completed',
      scores: { loss: 3, size: 1 },
      fitSeconds: expect.any(Number),
      scoreSeconds: 0,
    });
  });

  test('hands over the points of the learning curve, until the call is given up', async () => {
    const controller = new AbortController();
    const points: unknown[] = [];
    let late: () => void = () => {};
    const executor = executorOf(async (_, { report }) => {
      report(1, 0.5);
      report(4, 0.25);
      late = () => report(5, 0);
      controller.abort();
      return { loss: 1, size: 1 };
    });
    await executor.run(taskOf(0), { signal: controller.signal, onReport: (...point) => points.push(point) });
    late();
    expect(points).toEqual([
      [1, 0.5],
      [4, 0.25],
    ]);
  });

  test.each([
    ['a step back', [2, 1], /above 2, got 2/],
    ['no whole step', [2.5, 1], /above 2, got 2.5/],
    ['no finite value', [3, Number.NaN], /finite number, got NaN/],
  ] as const)('a report of %s fails the trial', async (_, [step, value], reason) => {
    const executor = executorOf((_, { report }) => {
      report(2, 1);
      report(step, value);
      return 1;
    });
    expect(await executor.run(taskOf(0))).toEqual({ state: 'failed', reason: expect.stringMatching(reason) });
  });

  test('calls nothing when it was aborted before its turn', async () => {
    const controller = new AbortController();
    const executor = executorOf(() => expect.unreachable());
    const running = executor.run(taskOf(0), { signal: controller.signal, onStart: () => expect.unreachable() });
    controller.abort();
    expect(await running).toBeUndefined();
    expect(await executor.run(taskOf(0), { signal: AbortSignal.abort() })).toBeUndefined();
  });

  test('gives up a call that is aborted; what it throws later troubles nobody', async () => {
    const controller = new AbortController();
    let fail: (error: Error) => void = () => {};
    const executor = executorOf(
      () =>
        new Promise((_, reject) => {
          fail = reject;
        }),
    );
    let started = 0;
    const running = executor.run(taskOf(0), { signal: controller.signal, onStart: () => started++ });
    await turn();
    await turn();
    expect(started).toBe(1);
    controller.abort();
    expect(await running).toBeUndefined();
    const unhandled: unknown[] = [];
    const listen = (error: unknown) => unhandled.push(error);
    process.on('unhandledRejection', listen);
    fail(new Error('late'));
    await turn();
    process.off('unhandledRejection', listen);
    expect(unhandled).toEqual([]);
  });
});
