import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { InProcessExecutor } from '../../src/executors/in-process.js';
import { ProcessPoolExecutor } from '../../src/executors/process-pool.js';
import type { EvaluationPlan } from '../../src/validation/evaluation-plan.js';
import { createFoldEvaluator } from '../../src/validation/fold-evaluator.js';
import { samplePlan } from '../cache/sample-plan.js';
import { executorContract, taskOf } from '../contracts/executor-contract.js';
import { type CompiledFolder, compile } from './compile-worker.js';
import { living } from './living-processes.js';

const ENTRY = 'src/worker/process-worker.ts';
let compiled: CompiledFolder;
let folder: string;
beforeAll(async () => {
  compiled = await compile([ENTRY]);
  folder = mkdtempSync(join(tmpdir(), 'cml-cache-'));
});
afterAll(() => {
  compiled.remove();
  rmSync(folder, { recursive: true });
});

function create(plan: EvaluationPlan, workers: number): ProcessPoolExecutor {
  const { hash, metrics, goal } = plan;
  const work = { hash, metrics, goal, code: {}, evaluation: plan };
  return new ProcessPoolExecutor({
    work,
    workers,
    runFolder: folder,
    cache: { folder },
    workerFile: compiled.file(ENTRY),
  });
}

executorContract(
  'one process',
  () => samplePlan(),
  (plan) => create(plan, 1),
);
executorContract(
  'three processes',
  () => samplePlan(),
  (plan) => create(plan, 3),
);

describe('processes', () => {
  test('come to the outcomes of this process, also from bins and on the holdout', async () => {
    const plan = await samplePlan();
    const near = new InProcessExecutor(createFoldEvaluator(plan));
    const far = create(plan, 2);
    const cases = [
      ['random-forest', { n_estimators: 10 }, 0],
      ['gradient-boosting', { max_iter: 10 }, 1],
      ['logistic-regression', {}, 2],
      ['svm', {}, 3],
      ['ml-random-forest', { nEstimators: 5 }, 4],
      ['naive-bayes', {}, plan.folds.length],
    ] as const;
    for (const [trainer, params, fold] of cases) {
      const task = taskOf(trainer, params, fold);
      const [expected, outcome] = [await near.run(task), await far.run(task)];
      expect(expected?.state).toBe('completed');
      expect(scoresOf(outcome)).toEqual(scoresOf(expected));
    }
    await far.close();
  });

  test.each(['penguins.csv', 'concrete.csv'])('read the plan of %s as it is', async (name) => {
    const plan = await samplePlan(name, name === 'penguins.csv' ? 'species' : 'compressive_strength');
    const near = new InProcessExecutor(createFoldEvaluator(plan));
    const far = create(plan, 1);
    for (const trainer of ['decision-tree', 'knn']) {
      const task = taskOf(trainer);
      expect(scoresOf(await far.run(task))).toEqual(scoresOf(await near.run(task)));
    }
    await far.close();
  });

  test('get the plan written anew when its file is damaged or gone', async () => {
    const plan = await samplePlan();
    const file = join(folder, `${plan.hash}.cmlplan`);
    const far = create(plan, 1);
    expect(await far.run(taskOf('knn'))).toMatchObject({ state: 'completed' });
    const damages = [() => truncateSync(file, 1000), () => rmSync(file)];
    for (const damage of damages) {
      damage();
      for (const pid of living('tinypool')) process.kill(pid, 'SIGKILL');
      expect(await far.run(taskOf('knn'))).toMatchObject({ state: 'completed' });
    }
    await far.close();
  });
});

function scoresOf(outcome: object | undefined): unknown {
  return outcome !== undefined && 'scores' in outcome ? outcome.scores : outcome;
}
