import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { InProcessExecutor } from '../../src/executors/in-process.js';
import { chooseWorkerCount } from '../../src/executors/worker-count.js';
import { WorkerPoolExecutor } from '../../src/executors/worker-pool.js';
import type { EvaluationPlan } from '../../src/validation/evaluation-plan.js';
import { createFoldEvaluator } from '../../src/validation/fold-evaluator.js';
import { samplePlan } from '../cache/sample-plan.js';
import { executorContract, taskOf } from '../contracts/executor-contract.js';
import { type CompiledFolder, compile } from './compile-worker.js';

const ENTRY = 'src/worker/fold-worker.ts';
let compiled: CompiledFolder;
beforeAll(async () => {
  compiled = await compile([ENTRY]);
});
afterAll(() => compiled.remove());

executorContract(
  'in process',
  () => samplePlan(),
  (plan) => new InProcessExecutor(createFoldEvaluator(plan)),
);
executorContract(
  'pool of one worker',
  () => samplePlan(),
  (plan) => new WorkerPoolExecutor(plan, 1, compiled.file(ENTRY)),
);
executorContract(
  'pool of three workers',
  () => samplePlan(),
  (plan) => new WorkerPoolExecutor(plan, 3, compiled.file(ENTRY)),
);

describe('worker pool', () => {
  test('a worker that cannot start is an error with its reason, not a hang', async () => {
    const plan = await samplePlan();
    const executor = new WorkerPoolExecutor(plan, 2, '/nowhere/worker.js');
    await expect(executor.run(taskOf('knn'))).rejects.toThrow(/nowhere/);
    await executor.close();
  });

  test('closing ends what runs, without an outcome', async () => {
    const plan = await samplePlan();
    const executor = new WorkerPoolExecutor(plan, 2, compiled.file(ENTRY));
    const running = [0, 1, 2, 3, 4].map((fold) => executor.run(taskOf('ml-random-forest', { nEstimators: 50 }, fold)));
    await executor.close();
    for (const outcome of await Promise.all(running)) expect(outcome).toBeUndefined();
  });
});

describe('the number of workers', () => {
  const machine = { cores: 8, freeBytes: 16 * 2 ** 30 };
  const plan = {
    dataset: { rows: 1_000_000, features: new Array(20).fill({ kind: 'numeric' }) },
  } as unknown as EvaluationPlan;

  test.each([
    ['one a core', 1000, machine, 8],
    ['no more than tasks', 3, machine, 3],
    ['at least one', 1000, { cores: 8, freeBytes: 0 }, 1],
    // 60 MiB and twice 1,000,000 x 22 numbers (features, target, weight) are 415 MB: three quarters of 2 GiB hold three.
    ['no more than fit into memory', 1000, { cores: 8, freeBytes: 2 * 2 ** 30 }, 3],
  ])('%s', (_, tasks, given, expected) => {
    expect(chooseWorkerCount({ evaluation: plan }, tasks, 'thread', given)).toBe(expected);
  });
});
