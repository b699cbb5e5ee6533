import { createHash } from 'node:crypto';
import type { Goal } from '../trial.js';
import type { EvaluationPlan } from './evaluation-plan.js';
import type { UserCode } from './user-code.js';

/** Everything that the processes which run the tasks of a study need. */
export interface WorkPlan {
  /** SHA-256 (hex) over data, folds, metrics, trainers and code: by it a run knows whether it goes on as it began. */
  readonly hash: string;
  /** The objective's metric first. */
  readonly metrics: readonly string[];
  readonly goal: Goal;
  /** The user's, by family. */
  readonly code: Readonly<Record<string, UserCode>>;
  /** Undefined for a study without data. */
  readonly evaluation?: EvaluationPlan;
}

/** The plan of a study whose trials are calls of the user's code. @param codeHashes by family. */
export function objectivePlan(
  metrics: readonly string[],
  goal: Goal,
  code: WorkPlan['code'],
  codeHashes: Readonly<Record<string, string>>,
): WorkPlan {
  const hash = createHash('sha256').update(JSON.stringify({ metrics, goal, codeHashes })).digest('hex');
  return { hash, metrics, goal, code };
}
