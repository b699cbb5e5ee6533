import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Executor } from '../../src/executors/executor.js';
import { completeParams, findTrainer } from '../../src/trainers/index.js';
import type { EvaluationPlan } from '../../src/validation/evaluation-plan.js';
import type { FoldTask } from '../../src/validation/fold-task.js';

/** A task for a trainer, with that trainer's own defaults but for `params`. */
export function taskOf(trainer: string, params = {}, fold = 0): FoldTask {
  return {
    trial: 0,
    fold,
    model: trainer,
    trainer,
    params: completeParams(findTrainer(trainer)!, params),
    preprocessing: { impute: 'median', encode: 'onehot', scale: 'standard' },
    seed: 1,
  };
}

/** What every executor keeps. @param create an executor for a plan of iris in five folds. */
export function executorContract(
  name: string,
  loadPlan: () => Promise<EvaluationPlan>,
  create: (plan: EvaluationPlan) => Executor,
): void {
  describe(name, () => {
    let plan: EvaluationPlan;
    let executor: Executor;
    beforeAll(async () => {
      plan = await loadPlan();
      executor = create(plan);
    });
    afterAll(() => executor.close());

    test('takes at least as many tasks as run at the same time', () => {
      expect(executor.slots).toBeGreaterThanOrEqual(1);
      expect(executor.capacity).toBeGreaterThanOrEqual(executor.slots);
    });

    test('gives the same outcome for the same task, times aside', async () => {
      const outcomes = await Promise.all([0, 1, 2].map(() => executor.run(taskOf('decision-tree'))));
      const scores = outcomes.map((outcome) => (outcome?.state === 'completed' ? outcome.scores : outcome));
      expect(scores[0]).toEqual({ accuracy: expect.any(Number) });
      expect(scores[1]).toEqual(scores[0]);
      expect(scores[2]).toEqual(scores[0]);
    });

    test('a task that fails is an outcome with its reason, and the next one runs', async () => {
      const failed = await executor.run(taskOf('knn', { n_neighbors: 1000 }));
      expect(failed).toEqual({ state: 'failed', reason: expect.stringContaining('n_neighbors') });
      expect(await executor.run(taskOf('knn'))).toMatchObject({ state: 'completed' });
    });

    test('runs more tasks than it has room for, each to its own outcome', async () => {
      const tasks = Array.from({ length: 40 }, (_, index) =>
        taskOf('knn', { n_neighbors: 1 + (index % 7) }, index % 5),
      );
      const outcomes = await Promise.all(tasks.map((task) => executor.run(task)));
      for (const [index, outcome] of outcomes.entries()) {
        expect(outcome).toMatchObject({ state: 'completed' });
        const twin = outcomes[index % 35]!;
        if (outcome?.state === 'completed' && twin.state === 'completed') expect(outcome.scores).toEqual(twin.scores);
      }
    });

    test('a task whose signal is aborted has no outcome', async () => {
      const controller = new AbortController();
      const running = executor.run(taskOf('knn'), { signal: controller.signal });
      controller.abort();
      expect(await running).toBeUndefined();
      expect(await executor.run(taskOf('knn'), { signal: AbortSignal.abort() })).toBeUndefined();
      expect(await executor.run(taskOf('knn'))).toMatchObject({ state: 'completed' });
    });
  });
}
