import { loadDataset } from '../data/load-dataset.js';
import type { StudySettings } from '../journal/study-settings.js';
import type { Spec } from '../spec/spec.js';
import { createTaskFactory } from '../study/task-factory.js';
import { findTrainer } from '../trainers/index.js';
import type { Params } from '../trial.js';
import { createPlan } from '../validation/create-plan.js';
import { objectivePlan, type WorkPlan } from '../validation/work-plan.js';
import { createSearch } from './create-search.js';
import { hashCode } from './hash-code.js';
import { initialConfigurations } from './initial-configurations.js';
import type { RunnableStudy } from './runnable-study.js';

/** A space file turned into everything that a study needs but workers and a journal. */
export interface PreparedStudy extends RunnableStudy {
  readonly spec: Spec;
  readonly work: WorkPlan;
  /** What was noticed about the data. */
  readonly notes: readonly string[];
}

/** Loads the data, draws the folds and sets up the search. @throws DataError, SpaceFileError */
export async function prepareStudy(spec: Spec): Promise<PreparedStudy> {
  const { work, notes } = await prepareWork(spec);
  const initial = initialConfigurations(spec);
  const search = createSearch(spec, work.goal, initial);
  const settings = createSettings(spec, work, plannedTrials(spec, initial));
  const tasks = createTaskFactory(spec);
  return { spec, work, settings, ...search, tasks, notes };
}

async function prepareWork(spec: Spec): Promise<{ readonly work: WorkPlan; readonly notes: readonly string[] }> {
  const code = Object.fromEntries(
    spec.models.flatMap((model) => (model.code === undefined ? [] : [[model.name, model.code]])),
  );
  const codeHashes = await hashCode(spec.models);
  if (spec.data === undefined) {
    const { metric, also, goal } = spec.objective;
    return { work: objectivePlan([metric, ...also], goal, code, codeHashes), notes: [] };
  }
  const { cv } = spec.evaluation;
  const { dataset, notes } = await loadDataset(spec.data, 'column' in cv ? cv : undefined);
  const evaluation = createPlan(spec, dataset, findTrainer, codeHashes);
  const { hash, metrics, goal } = evaluation;
  return { work: { hash, metrics, goal, code, evaluation }, notes };
}

function createSettings(
  spec: Spec,
  { metrics, goal, evaluation }: WorkPlan,
  planned: number | undefined,
): StudySettings {
  return {
    name: spec.name,
    metrics,
    goal,
    foldCount: spec.data === undefined ? spec.evaluation.repeats : evaluation!.folds.length,
    planned,
    patience: spec.budget.patience,
    target: spec.objective.target,
    holdoutRows: evaluation?.holdout?.test.length ?? 0,
    parameters: spec.space.parameters.map((parameter) => parameter.name).filter((name) => name !== 'model'),
  };
}

/** A space with fewer configurations than trials ends earlier; undefined where nobody can know. */
export function plannedTrials(
  { space, search }: Pick<Spec, 'space' | 'search'>,
  initial: readonly Params[],
): number | undefined {
  const grid = search.method === 'grid';
  // Initial configurations may stand beside the points of a grid.
  const reachable = grid && initial.length > 0 ? undefined : grid ? space.grid : space.configurations;
  const most = Math.min(
    search.trials ?? Number.POSITIVE_INFINITY,
    Number(reachable?.count ?? Number.POSITIVE_INFINITY),
  );
  return most === Number.POSITIVE_INFINITY ? undefined : most;
}
