import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InterruptedError } from '../../errors.js';
import { createExecutor } from '../../executors/create-executor.js';
import type { Executor } from '../../executors/executor.js';
import { Random } from '../../random.js';
import { initialConfigurations } from '../../runs/initial-configurations.js';
import type { PreparedStudy } from '../../runs/prepare-study.js';
import { drawUniform } from '../../samplers/random-sampler.js';
import type { FoldOutcome, Params } from '../../trial.js';
import type { FoldTask } from '../../validation/fold-task.js';

/** Nobody waits longer for the first fold of a model. */
const LONGEST_MS = 30_000;
/** Configurations drawn beside the first, which is often a cheap one, while a model's folds take no longer than this. */
const DRAWS = 4;
const ENOUGH_MS = 3000;

export type TimedFold = { readonly model: string } /** The mean over the configurations. */ & (
  | { readonly state: 'completed'; readonly seconds: number }
  | { readonly state: 'failed'; readonly error: string }
  /** Given up after that many seconds. */
  | { readonly state: 'over'; readonly seconds: number }
);

/**
 * Evaluates one fold of each model in a worker, one after the other, with the first configuration that the study would
 * try of it, then with a few drawn at random while that is quick. None takes longer than a trial may, or than 30 s.
 * @throws InterruptedError when the signal is aborted.
 */
export async function timeModels(study: PreparedStudy, signal: AbortSignal): Promise<readonly TimedFold[]> {
  const { spec, tasks, settings } = study;
  const { foldMs = LONGEST_MS, trialMs = LONGEST_MS } = spec.budget;
  const limitMs = Math.min(foldMs, trialMs, LONGEST_MS);
  const runFolder = await mkdtemp(join(tmpdir(), 'cml-check-'));
  const { memoryBytes: memoryLimitBytes } = spec.budget;
  const executor = createExecutor({ work: study.work, workers: 1, isolation: undefined, memoryLimitBytes, runFolder });
  try {
    const timed: TimedFold[] = [];
    for (const [trial, { name }] of spec.models.entries()) {
      // The first task waits until the worker has started, also after one was ended; a study does that once.
      if (spec.data !== undefined) await executor.run(tasks.ofBaseline()(settings.foldCount - 1), { signal });
      const timeOf = (params: Params) => timeFold(executor, tasks.ofTrial(trial, params)(0), limitMs, signal);
      timed.push({ model: name, ...(await timeModel(study, name, timeOf)) });
      if (signal.aborted) throw new InterruptedError('interrupted while a fold of each model was timed');
    }
    return timed;
  } finally {
    await executor.close();
    await rm(runFolder, { recursive: true, force: true });
  }
}

type Timing = { state: 'completed' | 'over'; seconds: number } | { state: 'failed'; error: string };

async function timeFold(executor: Executor, task: FoldTask, limitMs: number, signal: AbortSignal): Promise<Timing> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), limitMs);
  const startMs = performance.now();
  let outcome: FoldOutcome | undefined;
  try {
    outcome = await executor.run(task, { signal: AbortSignal.any([controller.signal, signal]) });
  } finally {
    clearTimeout(timer);
  }
  if (outcome === undefined) return { state: 'over', seconds: limitMs / 1000 };
  // What stands around the fit counts too: a study pays for it in every fold.
  if (outcome.state === 'completed') return { state: 'completed', seconds: (performance.now() - startMs) / 1000 };
  return { state: 'failed', error: outcome.reason };
}

async function timeModel(
  study: PreparedStudy,
  model: string,
  timeOf: (params: Params) => Promise<Timing>,
): Promise<Timing> {
  const first = await timeOf(firstConfiguration(study, model));
  if (first.state !== 'completed') return first;
  const seconds = [first.seconds];
  const random = new Random(study.spec.seed, 'check', model);
  let leftMs = ENOUGH_MS - 1000 * first.seconds;
  for (let draw = 0; draw < DRAWS && leftMs > 0; draw++) {
    const params = drawOf(study, model, random);
    const timing = params === undefined ? undefined : await timeOf(params);
    // What fails is quick, and says nothing of those that do not.
    if (timing === undefined || timing.state === 'failed') continue;
    seconds.push(timing.seconds);
    leftMs -= 1000 * timing.seconds;
  }
  return { state: 'completed', seconds: seconds.reduce((sum, value) => sum + value, 0) / seconds.length };
}

const MOST_ATTEMPTS = 1000;

/** @returns undefined where chance finds none that keeps the constraints. */
function drawOf({ spec }: PreparedStudy, model: string, random: Random): Params | undefined {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const params = drawUniform(spec.space, random);
    if (params.model === model && spec.space.feasible(params)) return params;
  }
  return undefined;
}

function firstConfiguration({ spec }: PreparedStudy, model: string): Params {
  const known = initialConfigurations(spec).find((params) => params.model === model);
  return known ?? spec.space.complete({ model });
}
