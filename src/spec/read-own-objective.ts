import { findMetric } from '../metrics/index.js';
import type { Goal } from '../trial.js';
import { goalProblem } from '../validation/objective.js';
import type { IssueList } from './issue-list.js';
import type { OwnObjective } from './spec.js';

/** What a number is called that nobody named. */
const UNNAMED_METRIC = 'value';

export interface OwnObjectiveEntry {
  readonly metric?: string | undefined;
  readonly goal?: Goal | undefined;
  readonly target?: number | undefined;
  readonly also?: readonly (string | undefined)[] | undefined;
}

/** `objective` of numbers of the user's own: the metric is named freely, and needs a goal unless it is a known one. */
export function readOwnObjective(given: OwnObjectiveEntry | undefined, issues: IssueList): OwnObjective | undefined {
  if (given === undefined) return undefined;
  const { metric = UNNAMED_METRIC, target } = given;
  const known = findMetric(metric);
  const problem = known && goalProblem(known, given.goal);
  if (problem !== undefined) issues.add(['objective', 'goal'], problem);
  // A goal that is there and broken has been reported.
  if (known === undefined && !Object.hasOwn(given, 'goal')) {
    issues.add(['objective'], "needs the key 'goal': maximize or minimize", 'key');
  }
  const goal = known?.goal ?? given.goal;
  if (goal === undefined) return undefined;
  const also = new Set((given.also ?? []).filter((name) => name !== undefined && name !== metric));
  return { metric, goal, ...(target === undefined ? {} : { target }), also: [...also] as string[] };
}
