import { describe, expect, test } from 'vitest';
import { createExecutor, type ExecutorNeeds } from '../../src/executors/create-executor.js';
import { InProcessExecutor } from '../../src/executors/in-process.js';
import { ProcessPoolExecutor } from '../../src/executors/process-pool.js';
import type { WorkPlan } from '../../src/validation/work-plan.js';
import { samplePlan } from '../cache/sample-plan.js';

const code: WorkPlan['code'] = { mine: { kind: 'module', file: '/nowhere/mine.js' } };

async function needsOf(needs: Partial<ExecutorNeeds>): Promise<ExecutorNeeds> {
  const evaluation = await samplePlan();
  const { hash, metrics, goal } = evaluation;
  const work = { hash, metrics, goal, code: {}, evaluation };
  return { work, workers: 1, isolation: undefined, memoryLimitBytes: undefined, runFolder: '/nowhere', ...needs };
}

describe('the executor of a study', () => {
  test('is this process without workers, and processes where they are asked for', async () => {
    expect(createExecutor(await needsOf({ workers: 0 }))).toBeInstanceOf(InProcessExecutor);
    const processes = createExecutor(await needsOf({ isolation: 'process' }));
    expect(processes).toBeInstanceOf(ProcessPoolExecutor);
    expect(processes.slots).toBe(1);
    await processes.close();
  });

  test.each([
    ['--workers 0: --isolation process', { workers: 0, isolation: 'process' }],
    ['--workers 0: budget.memory', { workers: 0, memoryLimitBytes: 2 ** 30 }],
    ['--isolation thread: budget.memory', { isolation: 'thread', memoryLimitBytes: 2 ** 30 }],
    ['--workers 0: a module or command', { workers: 0, work: { hash: '', metrics: ['m'], goal: 'maximize', code } }],
  ] as const)('is refused as %s', async (start, needs) => {
    const given = await needsOf(needs);
    expect(() => createExecutor(given)).toThrow(`${start} needs processes of its own`);
  });
});
