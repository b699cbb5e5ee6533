import type { TargetColumn } from '../data/dataset.js';
import type { Issue } from '../errors.js';
import { findMetric, METRICS } from '../metrics/index.js';
import type { Metric } from '../metrics/metric.js';
import { suggestName } from '../nearest-name.js';
import type { Goal } from '../trial.js';
import type { ObjectiveSpec } from './plan-spec.js';

/** What a study ranks by, once the data are known. */
export interface Objective {
  readonly metric: string;
  readonly goal: Goal;
  /** Reported beside it: without the metric itself, each once. */
  readonly also: readonly string[];
}

/** What to rank by in place of a metric that is defined for two classes only. */
const FOR_MANY_CLASSES: Readonly<Record<string, string>> = {
  f1: 'f1_macro',
  precision: 'f1_macro or balanced_accuracy',
  recall: 'balanced_accuracy (the mean recall) or f1_macro',
  pr_auc: 'roc_auc (one against the rest) or f1_macro',
  brier: 'log_loss',
};

/**
 * The objective with its defaults: accuracy, or r2 where the target is numeric, and the metric's own goal.
 *
 * @returns undefined when there are issues: every metric that is unknown or does not fit the target.
 */
export function fitObjective(
  spec: ObjectiveSpec,
  target: TargetColumn,
): { readonly objective: Objective | undefined; readonly issues: readonly Issue[] } {
  const name = spec.metric ?? (target.task === 'classification' ? 'accuracy' : 'r2');
  const metric = findMetric(name);
  const issues = metricProblems(name, target).map((message): Issue => ({ path: 'objective.metric', message }));
  // The goal beside a metric that is named has been checked where it stands.
  const goalMessage = metric === undefined ? undefined : goalProblem(metric, spec.goal);
  if (goalMessage !== undefined) issues.push({ path: 'objective.goal', message: goalMessage });
  for (const [index, other] of spec.also.entries()) {
    for (const message of metricProblems(other, target)) issues.push({ path: `objective.also[${index}]`, message });
  }
  if (metric === undefined || issues.length > 0) return { objective: undefined, issues };
  const also = [...new Set(spec.also)].filter((other) => other !== name);
  return { objective: { metric: name, goal: metric.goal, also }, issues };
}

/** Why a goal is not that of the metric; undefined when it is, or none was given. */
export function goalProblem(metric: Metric, goal: Goal | undefined): string | undefined {
  if (goal === undefined || goal === metric.goal) return undefined;
  return `${metric.name} is a metric to ${metric.goal}, got ${goal}; leave the goal out`;
}

function metricProblems(name: string, target: TargetColumn): string[] {
  const metric = findMetric(name);
  const fitting = METRICS.filter((candidate) => fits(candidate, target)).map((candidate) => candidate.name);
  if (metric === undefined) {
    return [`unknown metric '${name}'${suggestName(name, fitting)}; use one of ${fitting.join(', ')}`];
  }
  if (fits(metric, target)) return [];
  if (target.task !== metric.task) {
    const kind = target.task === 'classification' ? `has ${target.classes.length} classes` : 'is numeric';
    return [
      `${name} is a metric for ${metric.task}, but the target '${target.name}' ${kind}; use one of ` +
        `${fitting.join(', ')}, or set data.task: ${metric.task}`,
    ];
  }
  const classes = target.task === 'classification' ? target.classes.length : 0;
  const instead = FOR_MANY_CLASSES[name] ?? fitting.join(', ');
  return [`${name} is defined for two classes, but the target '${target.name}' has ${classes}; use ${instead}`];
}

function fits(metric: Metric, target: TargetColumn): boolean {
  if (target.task !== metric.task) return false;
  return !(metric.binaryOnly && target.task === 'classification' && target.classes.length !== 2);
}
