import { mostPreparedBytes } from '../validation/prepared-fold-cache.js';
import type { WorkPlan } from '../validation/work-plan.js';
import { type Machine, measureMachine } from './machine.js';

/** What a worker takes before it has any data: the JavaScript engine and our code. */
const IDLE_WORKER_BYTES = 60 * 2 ** 20;

/**
 * How many workers suit this machine: one a core, no more than there are tasks, and no more than fit into three
 * quarters of the free memory when each holds two preprocessed copies of the data, and a process the data too.
 * @param tasks fold tasks of the whole study; Infinity when open-ended.
 */
export function chooseWorkerCount(
  { evaluation }: Pick<WorkPlan, 'evaluation'>,
  tasks: number,
  isolation: 'thread' | 'process',
  machine: Machine = measureMachine(),
): number {
  const copies = isolation === 'process' ? 3 : 2;
  const workerBytes =
    IDLE_WORKER_BYTES + (evaluation === undefined ? 0 : copies * mostPreparedBytes(evaluation.dataset));
  const fitting = Math.floor((0.75 * machine.freeBytes) / workerBytes);
  return Math.max(1, Math.min(machine.cores, tasks, fitting));
}
