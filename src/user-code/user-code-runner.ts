import type { FoldOutcome } from '../trial.js';
import { evaluateObjective } from '../validation/evaluate-objective.js';
import type { EvaluationPlan } from '../validation/evaluation-plan.js';
import { createFoldEvaluator, type FoldEvaluator } from '../validation/fold-evaluator.js';
import type { FoldTask } from '../validation/fold-task.js';
import { type CodeContext, createReport } from '../validation/objective-context.js';
import type { UserCode } from '../validation/user-code.js';
import { runCommandTask } from './command-task.js';
import { ModuleLoader } from './load-module.js';
import { logStack } from './log-stack.js';
import { trainerOf } from './module-trainer.js';
import type { UserTaskContext } from './user-task-context.js';

/** Runs tasks whose code is the user's, one after the other. Whatever that code does is the outcome. */
export class UserCodeRunner {
  private readonly loader = new ModuleLoader();
  private readonly code: Readonly<Record<string, UserCode>>;
  private readonly evaluate: FoldEvaluator | undefined;
  private current: { readonly file: string; readonly context: UserTaskContext } | undefined;

  /** @param plan undefined for a study without data. @param code by family. */
  constructor(plan: EvaluationPlan | undefined, code: Readonly<Record<string, UserCode>>) {
    this.code = code;
    if (plan !== undefined) this.evaluate = createFoldEvaluator(plan, (_, task) => this.moduleTrainer(task));
  }

  /** Whether the code of a task is the user's. */
  runs(task: FoldTask): boolean {
    return Object.hasOwn(this.code, task.model);
  }

  async run(task: FoldTask, context: UserTaskContext): Promise<FoldOutcome> {
    const code = this.code[task.model]!;
    if (code.kind === 'command') return await runCommandTask(code, task, context);
    if (this.evaluate === undefined) return await this.callObjective(code.file, task, context);
    this.current = { file: code.file, context };
    return await this.evaluate(task);
  }

  private async moduleTrainer(task: FoldTask) {
    const { file, context } = this.current!;
    const onThrown = (thrown: unknown) => logStack(context.stderr, thrown);
    try {
      const module = await this.loader.load(file, 'trainer');
      const own = Object.assign(moduleContext(task, context), { fold: task.fold });
      return trainerOf(task.model, module, own, onThrown);
    } catch (thrown) {
      onThrown(thrown);
      throw thrown;
    }
  }

  private async callObjective(file: string, task: FoldTask, context: UserTaskContext): Promise<FoldOutcome> {
    const loading = this.loader.load(file, 'objective');
    // Loading is no part of the time of a fit.
    await Promise.allSettled([loading]);
    const own = Object.assign(moduleContext(task, context), { repeat: task.fold });
    const call = async () => (await loading).evaluate(task.params, own);
    return evaluateObjective(call, context.metrics, (thrown) => logStack(context.stderr, thrown));
  }
}

function moduleContext({ seed, trial }: FoldTask, context: UserTaskContext): CodeContext {
  return {
    seed,
    // The baseline is a trainer of our own.
    trial: trial!,
    get signal() {
      return context.signal;
    },
    report: createReport(context.report),
  };
}
