import { totalmem } from 'node:os';
import { THREAD_VARIABLES } from '../worker/task-resources.js';

/** Of a worker process: ours, and one thread for each library that the user has not given more. */
export function workerEnvironment(env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const result: Record<string, string> = {};
  for (const name of THREAD_VARIABLES) result[name] = '1';
  for (const [name, value] of Object.entries(env)) if (value !== undefined) result[name] = value;
  return result;
}

const MEBIBYTE = 2 ** 20;
/** Node does not start with much less. */
const LEAST_HEAP_BYTES = 64 * MEBIBYTE;

/**
 * Flags of Node for a worker process. Its heap may take as much as the limit of memory; without one three quarters of
 * the machine, so that a task fails by itself before the system kills something.
 */
export function workerFlags(memoryLimitBytes: number | undefined, env: NodeJS.ProcessEnv = process.env): string[] {
  if (memoryLimitBytes === undefined && /--max[-_]old[-_]space[-_]size/.test(env.NODE_OPTIONS ?? '')) return [];
  const machineBytes = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  const heapBytes = Math.max(LEAST_HEAP_BYTES, memoryLimitBytes ?? 0.75 * machineBytes);
  return [`--max-old-space-size=${Math.ceil(heapBytes / MEBIBYTE)}`];
}
