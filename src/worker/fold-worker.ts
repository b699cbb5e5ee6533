import { performance } from 'node:perf_hooks';
import { workerData } from 'node:worker_threads';
import type { FoldOutcome } from '../trial.js';
import type { EvaluationPlan } from '../validation/evaluation-plan.js';
import { createFoldEvaluator } from '../validation/fold-evaluator.js';
import type { Batch, BatchResult } from './messages.js';

// The pool hands every worker a pair: its own private data, and ours.
const [, plan] = workerData as [unknown, EvaluationPlan];
const evaluate = createFoldEvaluator(plan);

export default async function runFolds({ tasks, started }: Batch): Promise<BatchResult> {
  if (started !== undefined) {
    Atomics.store(started, 0, 1);
    Atomics.notify(started, 0);
  }
  const startMs = performance.now();
  const outcomes: FoldOutcome[] = [];
  for (const task of tasks) outcomes.push(await evaluate(task));
  return { outcomes, elapsedMs: performance.now() - startMs };
}
