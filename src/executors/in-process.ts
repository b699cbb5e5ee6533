import type { FoldOutcome } from '../trial.js';
import type { FoldEvaluator } from '../validation/fold-evaluator.js';
import type { FoldTask } from '../validation/fold-task.js';
import type { Executor, RunOptions } from './executor.js';

/** Runs one task after the other in this process: for tests and debugging. */
export class InProcessExecutor implements Executor {
  readonly slots = 1;
  readonly capacity = 1;
  private readonly evaluate: FoldEvaluator;

  constructor(evaluate: FoldEvaluator) {
    this.evaluate = evaluate;
  }

  async run(task: FoldTask, { signal, onStart }: RunOptions = {}): Promise<FoldOutcome | undefined> {
    // Signals and timers get their turn between two tasks; inside one, nothing can interrupt it here.
    await new Promise((resolve) => setImmediate(resolve));
    if (signal?.aborted) return undefined;
    onStart?.();
    return await this.evaluate(task);
  }

  async close(): Promise<void> {}
}
