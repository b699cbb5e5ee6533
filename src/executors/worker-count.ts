import { availableParallelism, freemem } from 'node:os';
import type { EvaluationPlan } from '../validation/evaluation-plan.js';
import { mostPreparedBytes } from '../validation/prepared-fold-cache.js';

/** What a worker takes before it has any data: the JavaScript engine and our code. */
const IDLE_WORKER_BYTES = 60 * 2 ** 20;

/**
 * How many workers suit this machine: one a core, no more than there are tasks, and no more than fit into three
 * quarters of the free memory when each holds two preprocessed copies of the data.
 * @param tasks fold tasks of the whole study; Infinity when open-ended.
 */
export function chooseWorkerCount(
  plan: EvaluationPlan,
  tasks: number,
  machine = { cores: availableParallelism(), freeBytes: freemem() },
): number {
  const workerBytes = IDLE_WORKER_BYTES + 2 * mostPreparedBytes(plan.dataset);
  const fitting = Math.floor((0.75 * machine.freeBytes) / workerBytes);
  return Math.max(1, Math.min(machine.cores, tasks, fitting));
}
