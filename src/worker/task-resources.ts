import type { FoldTask } from '../validation/fold-task.js';

/** Numerical libraries start a thread a core in every process unless these say otherwise. */
export const THREAD_VARIABLES = [
  'OMP_NUM_THREADS',
  'OPENBLAS_NUM_THREADS',
  'MKL_NUM_THREADS',
  'NUMEXPR_NUM_THREADS',
  'VECLIB_MAXIMUM_THREADS',
  'RAYON_NUM_THREADS',
] as const;

/** Tells libraries, and programs that are started, what of the machine a task may use. @returns the same environment. */
export function applyResources({ cpus, gpus }: FoldTask, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (cpus !== undefined) for (const name of THREAD_VARIABLES) env[name] = String(cpus);
  if (gpus !== undefined) env.CUDA_VISIBLE_DEVICES = gpus.join(',');
  return env;
}
