import type { FoldOutcome, Params } from '../trial.js';
import type { FoldTask } from '../validation/fold-task.js';
import { createReport, type ObjectiveContext } from '../validation/objective-context.js';
import { type ObjectiveResult, readObjectiveResult, reasonOf } from '../validation/objective-result.js';
import type { Executor } from './executor.js';

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

  async run(
    task: FoldTask,
    signal?: AbortSignal,
    onStart?: () => void,
    onReport?: (step: number, value: number) => void,
  ): Promise<FoldOutcome | undefined> {
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
      void this.evaluate(task, own, report).then((outcome) => {
        own.removeEventListener('abort', giveUp);
        resolve(outcome);
      });
    });
  }

  async close(): Promise<void> {}

  /** Never rejects: whatever the objective does is the outcome. */
  private async evaluate(
    { trial, fold, params, seed }: FoldTask,
    signal: AbortSignal,
    report: ObjectiveContext['report'],
  ): Promise<FoldOutcome> {
    const startMs = performance.now();
    try {
      const returned: unknown = await this.objective(params, { seed, trial: trial!, repeat: fold, signal, report });
      const scores = readObjectiveResult(returned, this.metrics);
      if (typeof scores === 'string') return { state: 'failed', reason: scores };
      return { state: 'completed', scores, fitSeconds: (performance.now() - startMs) / 1000, scoreSeconds: 0 };
    } catch (thrown) {
      return { state: 'failed', reason: reasonOf(thrown) };
    }
  }
}
