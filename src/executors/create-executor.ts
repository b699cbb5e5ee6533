import { UsageError } from '../errors.js';
import { createFoldEvaluator } from '../validation/fold-evaluator.js';
import type { WorkPlan } from '../validation/work-plan.js';
import type { Executor } from './executor.js';
import { InProcessExecutor } from './in-process.js';
import { ProcessPoolExecutor } from './process-pool.js';
import { WorkerPoolExecutor } from './worker-pool.js';

/** Where tasks run: threads share one copy of the data; a process may crash, leak or be killed without harm to others. */
export type Isolation = 'thread' | 'process';

export interface ExecutorNeeds {
  readonly work: WorkPlan;
  /** 0: this process itself. */
  readonly workers: number;
  /** Undefined: threads, unless something needs processes. */
  readonly isolation: Isolation | undefined;
  /** Resident memory of one worker. */
  readonly memoryLimitBytes: number | undefined;
  /** Absolute. */
  readonly runFolder: string;
}

/** What a study needs processes for, in words; undefined when threads do. */
export function processReason({ work, memoryLimitBytes }: Pick<ExecutorNeeds, 'work' | 'memoryLimitBytes'>) {
  if (Object.keys(work.code).length > 0) return 'a module or command';
  return memoryLimitBytes === undefined ? undefined : 'budget.memory';
}

/** @throws UsageError when what was asked for cannot run these tasks. */
export function createExecutor(needs: ExecutorNeeds): Executor {
  const { work, workers, isolation, memoryLimitBytes, runFolder } = needs;
  const reason = processReason(needs) ?? (isolation === 'process' ? '--isolation process' : undefined);
  if (reason !== undefined && (isolation === 'thread' || workers === 0)) {
    const asked = workers === 0 ? '--workers 0' : '--isolation thread';
    throw new UsageError(`${asked}: ${reason} needs processes of its own`, { hint: 'Leave the flag out.' });
  }
  if (reason !== undefined) {
    return new ProcessPoolExecutor({ work, workers, runFolder, ...(memoryLimitBytes && { memoryLimitBytes }) });
  }
  const plan = work.evaluation!;
  return workers === 0 ? new InProcessExecutor(createFoldEvaluator(plan)) : new WorkerPoolExecutor(plan, workers);
}
