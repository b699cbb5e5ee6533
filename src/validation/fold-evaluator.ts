// The global one is within reach of the modules that this process runs.
import { performance } from 'node:perf_hooks';
import { findMetric } from '../metrics/index.js';
import { findTrainer } from '../trainers/index.js';
import { TrainerError } from '../trainers/trainer.js';
import { isTreeTrainer } from '../trainers/trees/tree-trainer.js';
import type { FoldOutcome } from '../trial.js';
import type { EvaluationPlan } from './evaluation-plan.js';
import { binnedInput, matrixInput } from './fold-input.js';
import type { FoldTask } from './fold-task.js';
import type { TrainerLookUp } from './fold-trainer.js';
import { reasonOf } from './objective-result.js';
import { predict, predictionNeeds } from './predictions.js';
import { mostPreparedBytes, PreparedFoldCache } from './prepared-fold-cache.js';
import { scorePredictions } from './score-predictions.js';

/** Evaluates one fold task; it never rejects for what a trainer does: that is the outcome. */
export type FoldEvaluator = (task: FoldTask) => Promise<FoldOutcome>;

const LEAST_CACHE_BYTES = 64 * 2 ** 20;
/** A fold comes up once in each trial: so many trials, all of another preprocessing, may lie between two uses. */
const IDLE_TRIALS = 10;

/**
 * Makes the function that turns fold tasks of a plan into outcomes: preprocess, fit, predict, score. A refusal of the
 * trainer, anything that it throws, predictions and scores that are no numbers make a failed outcome with the reason.
 *
 * @param cacheLimitBytes how much memory preprocessed folds may take between tasks; results do not depend on it. Default:
 *   room for one fold, and at least 64 MiB.
 */
export function createFoldEvaluator(
  plan: EvaluationPlan,
  lookUp: TrainerLookUp = findTrainer,
  cacheLimitBytes: number = Math.max(LEAST_CACHE_BYTES, mostPreparedBytes(plan.dataset)),
): FoldEvaluator {
  const metrics = plan.metrics.map((name) => findMetric(name)!);
  const needs = predictionNeeds(metrics);
  const parts = plan.holdout === undefined ? plan.folds : [...plan.folds, plan.holdout];
  const prepared = new PreparedFoldCache(plan.dataset, {
    bytes: cacheLimitBytes,
    idleCalls: IDLE_TRIALS * parts.length,
  });

  return async function evaluateFold(task) {
    const fold = parts[task.fold];
    if (fold === undefined) throw new Error(`the plan has no fold ${task.fold}`);
    const found = lookUp(task.trainer, task);
    if (found === undefined) throw new Error(`unknown trainer ${task.trainer}`);
    try {
      const trainer = await found;
      const input =
        plan.bins !== undefined && isTreeTrainer(trainer)
          ? binnedInput(plan.dataset, plan.bins, fold, trainer, task)
          : matrixInput(prepared.get(task.fold, fold, task.preprocessing), trainer, task);
      const startMs = performance.now();
      const model = await input.fit();
      const fittedMs = performance.now();
      const { test, truth } = input;
      const predicted = await predict(model, test, truth, needs);
      const scores = scorePredictions(metrics, truth, predicted);
      return {
        state: 'completed',
        scores,
        fitSeconds: (fittedMs - startMs) / 1000,
        scoreSeconds: (performance.now() - fittedMs) / 1000,
      };
    } catch (thrown) {
      const reason = reasonOf(thrown);
      return { state: 'failed', reason: thrown instanceof TrainerError ? reason : `${task.trainer}: ${reason}` };
    }
  };
}
