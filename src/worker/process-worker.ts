import { readPlanFile } from '../cache/plan-file.js';
import { createTaskRunner } from './create-task-runner.js';
import { serveTasks } from './serve-tasks.js';

export default serveTasks(async ({ work, evaluation, runFolder }) => {
  const plan = evaluation === undefined ? undefined : readPlanFile(evaluation.file, evaluation.hash);
  return createTaskRunner(work, plan, runFolder);
});
