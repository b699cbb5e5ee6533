import type { EvaluationPlan } from '../validation/evaluation-plan.js';
import type { OutputLog } from './output-log.js';

/** What one task of a user's code is given by the process that runs it. */
export interface UserTaskContext {
  /** The objective's metric first, then those reported beside it. */
  readonly metrics: readonly string[];
  /** Undefined for a study without data. */
  readonly plan: EvaluationPlan | undefined;
  /** Of the trial, in the run folder; it may not exist yet. */
  readonly trialFolder: string;
  /** Where the tables of the folds are, in the run folder; it may not exist yet. */
  readonly foldsFolder: string;
  readonly stdout: OutputLog;
  readonly stderr: OutputLog;
  /** Environment of the programs that it starts. */
  readonly env: NodeJS.ProcessEnv;
  /** Aborted when the result is no longer wanted. */
  readonly signal: AbortSignal;
  /** Receives a point of the learning curve. */
  readonly report: (step: number, value: number) => void;
  /** Receives the process group (its leader's pid) of a program that was started. @returns what says that it is gone. */
  readonly onGroup: (leader: number) => () => void;
}
