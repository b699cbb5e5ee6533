import { createHash } from 'node:crypto';
import type { Dataset } from '../data/dataset.js';
import { sharedIntegers } from '../data/shared-arrays.js';
import { type Issue, spaceFileError } from '../errors.js';
import { findMetric } from '../metrics/index.js';
import type { Metric } from '../metrics/metric.js';
import { Random } from '../random.js';
import { findTrainer } from '../trainers/index.js';
import type { Trainer } from '../trainers/trainer.js';
import { isTreeTrainer } from '../trainers/trees/tree-trainer.js';
import type { Goal } from '../trial.js';
import { binDataset } from './bin-dataset.js';
import type { EvaluationPlan } from './evaluation-plan.js';
import { drawGroupHoldout, drawHoldout, lastRows } from './holdout-rows.js';
import { fitObjective } from './objective.js';
import type { CvKind, PlanSpec } from './plan-spec.js';
import { refuseUnscorable } from './scorable-folds.js';
import type { Fold, SplitterOptions } from './splitter.js';
import { findSplitter } from './splitters/index.js';
import { codeProblems, trainerProblems } from './trainer-fit.js';

/** What a kind of folds has no use for its splitter does not read. */
const UNREAD_OPTIONS: SplitterOptions = { folds: 1, repeats: 1, test: 0 };

/**
 * Decides once, for a whole study, how trials are evaluated: by which metrics, on which rows. The holdout is drawn
 * first (whole groups where folds are by group, the last rows where they are in time, else every class its share), then
 * the folds from the other rows.
 *
 * @param lookUp trainers by name.
 * @param lookUp trainers by name. @param codeHashes what the user's code is, by family.
 * @throws SpaceFileError with every metric and model that does not fit the data; DataError when the rows cannot be
 *   divided as asked, or a fold could not be scored.
 */
export function createPlan(
  spec: PlanSpec,
  dataset: Dataset,
  lookUp: (name: string) => Trainer | undefined = findTrainer,
  codeHashes: Readonly<Record<string, string>> = {},
): EvaluationPlan {
  const { goal, metrics } = checkedObjective(spec, dataset, lookUp);
  const { cv, holdout: share } = spec.evaluation;
  const kind = cv.kind ?? (dataset.target.task === 'classification' ? 'stratified' : 'kfold');
  const splitter = findSplitter(kind);
  if (splitter === undefined) throw new Error(`unknown splitter ${kind}`);

  const all = Int32Array.from({ length: dataset.rows }, (_, row) => row);
  const holdout = share > 0 ? heldOut(kind, dataset, all, share, new Random(spec.seed, 'holdout')) : undefined;
  const rows = holdout?.train ?? all;
  const folds = splitter.split(
    dataset,
    rows,
    { ...UNREAD_OPTIONS, ...cv },
    (repeat) => new Random(spec.seed, 'folds', repeat),
  );

  for (const [index, fold] of folds.entries()) {
    refuseUnscorable(dataset, fold, `fold ${index + 1} of ${folds.length}`, metrics);
  }
  if (holdout !== undefined) refuseUnscorable(dataset, holdout, 'the holdout (evaluation.holdout)', metrics);

  const plan = {
    dataset,
    folds: folds.map(shareFold),
    ...(holdout !== undefined && { holdout: shareFold(holdout) }),
    metrics: metrics.map((metric) => metric.name),
    trainers: Object.fromEntries(spec.models.map(({ name, use }) => [name, use ?? codeHashes[name] ?? ''])),
  };
  const takesBins = spec.models.some(({ use }) => use !== undefined && isTreeTrainer(lookUp(use)!));
  return {
    hash: hashPlan(plan),
    ...plan,
    ...(takesBins && { bins: binDataset(dataset, rows) }),
    goal,
    cvKind: kind,
  };
}

/** The goal, and the metrics with the objective's first. */
function checkedObjective(
  spec: PlanSpec,
  dataset: Dataset,
  lookUp: (name: string) => Trainer | undefined,
): { readonly goal: Goal; readonly metrics: readonly Metric[] } {
  const { objective, issues: objectiveIssues } = fitObjective(spec.objective, dataset.target);
  const metrics = objective === undefined ? [] : [objective.metric, ...objective.also].map((name) => findMetric(name)!);
  const issues: Issue[] = [...objectiveIssues];
  for (const model of spec.models) {
    if (model.use === undefined) {
      issues.push(...codeProblems(model, dataset, spec.space));
      continue;
    }
    const trainer = lookUp(model.use);
    if (trainer === undefined)
      issues.push({ path: `models.${model.name}.use`, message: `unknown trainer '${model.use}'` });
    else issues.push(...trainerProblems(model, trainer, metrics, dataset, spec.space));
  }
  if (objective === undefined || issues.length > 0) throw spaceFileError('the space file', issues);
  return { goal: objective.goal, metrics };
}

function heldOut(kind: CvKind, dataset: Dataset, rows: Int32Array, share: number, random: Random): Fold {
  if (kind === 'time') return lastRows(dataset, rows, share);
  if (kind === 'group') return drawGroupHoldout(dataset, rows, share, random);
  return drawHoldout(dataset, rows, share, random);
}

function shareFold(fold: Fold): Fold {
  return { train: shareRows(fold.train), test: shareRows(fold.test) };
}

function shareRows(rows: Int32Array): Int32Array {
  const shared = sharedIntegers(rows.length);
  shared.set(rows);
  return shared;
}

function hashPlan(plan: Omit<EvaluationPlan, 'hash' | 'goal' | 'cvKind'>): string {
  const { dataset, folds, holdout, metrics, trainers } = plan;
  const parts = holdout === undefined ? folds : [...folds, holdout];
  const sizes = parts.map(({ train, test }) => [train.length, test.length]);
  const names = { data: dataset.hash, metrics, trainers, folds: folds.length, sizes };
  const hash = createHash('sha256').update(JSON.stringify(names));
  for (const { train, test } of parts) hash.update(train).update(test);
  return hash.digest('hex');
}
