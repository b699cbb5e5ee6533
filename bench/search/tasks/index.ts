import type { BenchTask } from '../bench-task.js';
import { CONDITIONAL_TASKS } from './conditional-tasks.js';
import { MIXED_TASKS } from './mixed-tasks.js';
import { NUMERIC_TASKS } from './numeric-tasks.js';
import { readTableTasks } from './table-tasks.js';

/** @param root the project's folder. */
export function readTasks(root: string): BenchTask[] {
  return [...NUMERIC_TASKS, ...MIXED_TASKS, ...CONDITIONAL_TASKS, ...readTableTasks(root)];
}
