import { join } from 'node:path';
import { OutputLog } from '../user-code/output-log.js';
import { UserCodeRunner } from '../user-code/user-code-runner.js';
import type { EvaluationPlan } from '../validation/evaluation-plan.js';
import { createFoldEvaluator } from '../validation/fold-evaluator.js';
import type { FoldTask } from '../validation/fold-task.js';
import type { WorkPlan } from '../validation/work-plan.js';
import { captureOutput } from './capture-output.js';
import { applyResources } from './task-resources.js';
import type { TaskRunner } from './task-runner.js';

/**
 * What evaluates the tasks of a study in a process of its own.
 * @param plan undefined for a study without data. @param runFolder absolute; what the user's code prints goes to
 *   `trials/<trial>/stdout-<fold>.log` and `stderr-<fold>.log` in it, counted from 1.
 */
export function createTaskRunner(
  work: Pick<WorkPlan, 'metrics' | 'code'>,
  plan: EvaluationPlan | undefined,
  runFolder: string,
): TaskRunner {
  const evaluate = plan === undefined ? undefined : createFoldEvaluator(plan);
  const own = new UserCodeRunner(plan, work.code);
  // Taken now: modules may change that of this process.
  const env = { ...process.env };
  return async (task, context) => {
    if (!own.runs(task)) {
      if (evaluate === undefined) throw new Error('built-in trainers need data');
      return await evaluate(task);
    }
    applyResources(task, process.env);
    const trialFolder = join(runFolder, 'trials', String(task.trial));
    const [stdout, stderr] = [logOf(trialFolder, 'stdout', task), logOf(trialFolder, 'stderr', task)];
    const release = captureOutput(stdout, stderr);
    try {
      return await own.run(task, {
        metrics: work.metrics,
        plan,
        trialFolder,
        foldsFolder: join(runFolder, 'folds'),
        stdout,
        stderr,
        env: applyResources(task, { ...env }),
        // Reading it has a price: see TaskContext.
        get signal() {
          return context.signal;
        },
        report: context.report,
        onGroup: context.announceGroup,
      });
    } finally {
      release();
      stdout.close();
      stderr.close();
    }
  };
}

function logOf(folder: string, stream: 'stdout' | 'stderr', task: FoldTask): OutputLog {
  return new OutputLog(join(folder, `${stream}-${task.fold + 1}.log`));
}
