import { InterruptedError } from '../../errors.js';
import type { Executor } from '../../executors/executor.js';
import { WorkerPoolExecutor } from '../../executors/worker-pool.js';
import { initialConfigurations } from '../../runs/initial-configurations.js';
import type { PreparedStudy } from '../../runs/prepare-study.js';
import type { FoldOutcome, Params } from '../../trial.js';
import type { FoldTask } from '../../validation/fold-task.js';

/** Nobody waits longer for an estimate. */
const LONGEST_MS = 30_000;

export type TimedFold = { readonly model: string } & (
  | { readonly state: 'completed'; readonly seconds: number }
  | { readonly state: 'failed'; readonly error: string }
  /** Given up after that many seconds. */
  | { readonly state: 'over'; readonly seconds: number }
);

/**
 * Evaluates one fold of each model in a worker, one after the other, with the first configuration that the study would
 * try of it. None takes longer than a trial may, or than 30 s.
 * @throws InterruptedError when the signal is aborted.
 */
export async function timeModels(study: PreparedStudy, signal: AbortSignal): Promise<readonly TimedFold[]> {
  const { spec, tasks, settings } = study;
  const { foldMs = LONGEST_MS, trialMs = LONGEST_MS } = spec.budget;
  const limitMs = Math.min(foldMs, trialMs, LONGEST_MS);
  const executor = new WorkerPoolExecutor(study.plan, 1);
  try {
    const timed: TimedFold[] = [];
    for (const [trial, { name }] of spec.models.entries()) {
      // The first task waits until the worker has started, also after one was ended; a study does that once.
      await executor.run(tasks.ofBaseline()(settings.foldCount - 1), signal);
      const task = tasks.ofTrial(trial, firstConfiguration(study, name))(0);
      timed.push({ model: name, ...(await timeFold(executor, task, limitMs, signal)) });
      if (signal.aborted) throw new InterruptedError('interrupted while a fold of each model was timed');
    }
    return timed;
  } finally {
    await executor.close();
  }
}

type Timing = { state: 'completed' | 'over'; seconds: number } | { state: 'failed'; error: string };

async function timeFold(executor: Executor, task: FoldTask, limitMs: number, signal: AbortSignal): Promise<Timing> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), limitMs);
  const startMs = performance.now();
  let outcome: FoldOutcome | undefined;
  try {
    outcome = await executor.run(task, AbortSignal.any([controller.signal, signal]));
  } finally {
    clearTimeout(timer);
  }
  if (outcome === undefined) return { state: 'over', seconds: limitMs / 1000 };
  // What stands around the fit counts too: a study pays for it in every fold.
  if (outcome.state === 'completed') return { state: 'completed', seconds: (performance.now() - startMs) / 1000 };
  return { state: 'failed', error: outcome.reason };
}

function firstConfiguration({ spec }: PreparedStudy, model: string): Params {
  const known = initialConfigurations(spec).find((params) => params.model === model);
  return known ?? spec.space.complete({ model });
}
