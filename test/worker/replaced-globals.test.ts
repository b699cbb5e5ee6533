import { tmpdir } from 'node:os';
import { afterEach, expect, test, vi } from 'vitest';
import { createTaskRunner } from '../../src/worker/create-task-runner.js';
import type { TaskContext } from '../../src/worker/task-runner.js';
import { samplePlan } from '../cache/sample-plan.js';
import { taskOf } from '../contracts/executor-contract.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

test('a worker goes on where a module took the globals of its process away', async () => {
  const plan = await samplePlan();
  const run = createTaskRunner({ metrics: plan.metrics, code: {} }, plan, tmpdir());
  const context: TaskContext = {
    signal: new AbortController().signal,
    announceGroup: () => () => {},
    report: () => {},
  };
  for (const name of ['performance', 'AbortController', 'setTimeout', 'queueMicrotask']) vi.stubGlobal(name, undefined);
  const outcomes = [await run(taskOf('knn'), context), await run(taskOf('random-forest'), context)];
  vi.unstubAllGlobals();
  for (const outcome of outcomes)
    expect(outcome).toMatchObject({ state: 'completed', scores: { accuracy: expect.any(Number) } });
});
