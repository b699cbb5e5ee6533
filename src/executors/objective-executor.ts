import type { FoldOutcome, Params } from '../trial.js';
import { evaluateObjective } from '../validation/evaluate-objective.js';
import type { FoldTask } from '../validation/fold-task.js';
import { createReport, type ObjectiveContext } from '../validation/objective-context.js';
import type { ObjectiveResult } from '../validation/objective-result.js';
import type { Executor, RunOptions } from './executor.js';

/** The user's function to optimise. What it throws makes a failed trial. */
export type Objective<P extends Params = Params> = (
  params: P,
  context: ObjectiveContext,
) => ObjectiveResult | Promise<ObjectiveResult>;

/**
 * Calls an objective in this process, so many calls at the same time as there are slots. A call cannot be killed: when
 * its signal is aborted its slot is free at once, and what it still does is its own affair.
 */
export class ObjectiveExecutor implements Executor {
  readonly slots: number;
  readonly capacity: number;
  private readonly objective: Objective;
  private readonly metrics: readonly string[];

  /** @param metrics the one that ranks first, then those reported beside it. */
  constructor(objective: Objective, metrics: readonly string[], slots: number) {
    this.objective = objective;
    this.metrics = metrics;
    this.slots = slots;
    this.capacity = slots;
  }

  async run(task: FoldTask, { signal, onStart, onReport }: RunOptions = {}): Promise<FoldOutcome | undefined> {
    // Signals and timers get their turn between two calls, also where the objective never waits.
    await new Promise((resolve) => setImmediate(resolve));
    if (signal?.aborted) return undefined;
    onStart?.();
    const own = signal ?? new AbortController().signal;
    return await new Promise((resolve) => {
      const giveUp = () => resolve(undefined);
      own.addEventListener('abort', giveUp, { once: true });
      const report = createReport((step, value) => {
        // A call that was given up may still be at it.
        if (!own.aborted) onReport?.(step, value);
      });
      const { trial, fold, params, seed } = task;
      const context = { seed, trial: trial!, repeat: fold, signal: own, report };
      void evaluateObjective(() => this.objective(params, context), this.metrics).then((outcome) => {
        own.removeEventListener('abort', giveUp);
        resolve(outcome);
      });
    });
  }

  async close(): Promise<void> {}
}
